// A notice whose link is followed is read: a[data-reads="address"].
const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

function read(event) {
  const link = event.target.closest?.("a[data-reads]");
  if (!link || event.button > 1) return;
  const headers = { "X-CSRFToken": token(), "X-Filo-Quiet": "1" };
  fetch(link.dataset.reads, { method: "POST", headers, keepalive: true }).catch(() => {}); // it stays unread, that is all
  link.removeAttribute("data-reads");
}
document.addEventListener("click", read);
document.addEventListener("auxclick", read);
