// Rows of tabs: where one is stands in sight, also when the row is longer than a phone is wide. On the card on a phone
// a tab is more: <a data-shows="left" href="?tab=left"> shows a column without a new page.
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

for (const here of document.querySelectorAll(".tabs [aria-current], .views [aria-current], .chapters > nav [aria-current]")) {
  const row = here.parentElement;
  row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - here.offsetWidth) / 2;
}
