// Keys: `/` goes to the search box, `?` opens #shortcuts, and whatever says data-key="g c" answers to g, then c. The
// keys and what they do are declared on the server (foundation/web/keys.py), which writes #shortcuts from them.
const FIELDS = "select, textarea, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit])";
const PATIENCE = 1500;

export const typing = (element) => element.closest?.(FIELDS) != null;

/** Whether this press may mean an order: no field, no dialog, nothing held down, letters not switched off. */
export function orders(event) {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (typing(event.target) || document.querySelector("dialog:modal")) return false;
  return event.key.length > 1 || event.key === " " || document.documentElement.dataset.letterKeys !== "off";
}

let first = "";
let timer = 0;

function press(element) {
  if (element.matches("input, select, textarea")) element.focus();
  else element.click();
}

function search() {
  const box = document.querySelector('[role="search"] input');
  box?.focus();
  box?.select();
}

const FIXED = {
  "/": search,
  "?": () => document.querySelector("dialog#shortcuts")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.key.length !== 1 || event.key === " " || !orders(event)) return;
  const wanted = first ? `${first} ${event.key}` : event.key;
  const target = document.querySelector(`[data-key="${CSS.escape(wanted).replaceAll("\\ ", " ")}"]`);
  clearTimeout(timer);
  const waiting = first;
  first = "";
  if (target) {
    event.preventDefault();
    event.stopImmediatePropagation();
    press(target);
  } else if (!waiting && FIXED[event.key]) {
    event.preventDefault();
    FIXED[event.key]();
  } else if (document.querySelector(`[data-key^="${CSS.escape(event.key)} "]`)) {
    first = event.key;
    timer = setTimeout(() => (first = ""), PATIENCE);
  }
});
