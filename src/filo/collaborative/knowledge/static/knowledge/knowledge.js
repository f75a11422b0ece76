// What is dropped onto a category or an article ([data-drop] says where it goes) leaves with the page's one form:
// files, or the address of what was dragged. Everything that can be dropped can be typed or chosen as well.
const form = () => document.querySelector("form[data-dropped]");
const targetOf = (event) => (form() ? event.target.closest?.("[data-drop]") : null);
const carries = (event) => [...event.dataTransfer.types].some((type) => type === "Files" || type === "text/uri-list");
let over = null;

function mark(target) {
  if (over === target) return;
  over?.removeAttribute("data-over");
  over = target;
  over?.setAttribute("data-over", "");
}

document.addEventListener("dragover", (event) => {
  const target = carries(event) ? targetOf(event) : null;
  mark(target);
  if (target) event.preventDefault();
});
document.addEventListener("dragleave", (event) => event.relatedTarget || mark(null));
document.addEventListener("dragend", () => mark(null));
document.addEventListener("drop", (event) => {
  const target = targetOf(event);
  mark(null);
  if (!target || !carries(event)) return;
  event.preventDefault();
  const leaving = form();
  leaving.action = target.dataset.drop;
  if (event.dataTransfer.files.length) leaving.elements.file.files = event.dataTransfer.files;
  else leaving.elements.thing.value = event.dataTransfer.getData("text/uri-list");
  leaving.requestSubmit();
});
