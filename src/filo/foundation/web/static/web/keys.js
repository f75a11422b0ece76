// Keys: `/` goes to the search box, `?` opens #shortcuts, and whatever says data-key="g c" answers to g, then c.
const typing = (element) => element.closest?.("input, select, textarea, [contenteditable]") != null;

let first = "";
let timer = 0;

function press(element) {
  if (element.matches("input, select, textarea")) element.focus();
  else element.click();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector("dialog:modal")) return;
  if (event.key === "/") {
    const box = document.querySelector('[role="search"] input');
    if (box) {
      event.preventDefault();
      box.focus();
      box.select();
    }
    return;
  }
  if (event.key === "?") {
    document.querySelector("dialog#shortcuts")?.showModal();
    return;
  }
  if (event.key.length !== 1) return;
  const wanted = first ? `${first} ${event.key}` : event.key;
  const target = document.querySelector(`[data-key="${CSS.escape(wanted).replace(/\\ /g, " ")}"]`);
  clearTimeout(timer);
  first = "";
  if (target) {
    event.preventDefault();
    press(target);
  } else if (document.querySelector(`[data-key^="${CSS.escape(event.key)} "]`)) {
    first = event.key;
    timer = setTimeout(() => (first = ""), 1200);
  }
});
