// Tabs of the card on a phone: <a data-shows="left" href="?tab=left"> shows a column without a new page.
document.addEventListener("click", (event) => {
  const tab = event.target.closest("a[data-shows]");
  const grid = tab && document.querySelector("[data-tab]");
  if (!grid) return;
  event.preventDefault();
  grid.dataset.tab = tab.dataset.shows;
  for (const other of tab.parentElement.querySelectorAll("a[data-shows]")) {
    if (other === tab) other.setAttribute("aria-current", "true");
    else other.removeAttribute("aria-current");
  }
});
