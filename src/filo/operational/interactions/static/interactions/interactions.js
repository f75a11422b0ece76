import "./calls.js";

// textarea[data-mentions="address"]: after an @ it offers colleagues; arrows choose, Enter or Tab takes, Escape leaves.
const WAIT = 120;
const TYPED = /(?:^|[^\p{L}\p{N}_.@/-])@([\p{L}\p{N}.'’-]{0,60})$/u;

let timer = 0;
let asked = 0;

const listOf = (field) => document.getElementById(field.getAttribute("aria-controls"));
const options = (list) => [...list.querySelectorAll('[role="option"]')];
const chosen = (list) => options(list).find((option) => option.getAttribute("aria-selected") === "true");
const typedIn = (field) => TYPED.exec(field.value.slice(0, field.selectionStart))?.[1];

function close(field) {
  asked += 1;
  const list = listOf(field);
  if (list) list.hidden = true;
  field.removeAttribute("aria-activedescendant");
}

function choose(field, option) {
  for (const other of options(listOf(field))) other.setAttribute("aria-selected", String(other === option));
  field.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function take(field, option) {
  const end = field.selectionStart;
  field.setRangeText(`${option.dataset.handle} `, end - typedIn(field).length, end, "end");
  close(field);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

async function ask(field) {
  const typed = typedIn(field);
  const list = listOf(field);
  if (typed === undefined || !list) return close(field);
  asked += 1;
  const mine = asked;
  const address = new URL(field.dataset.mentions, location.href);
  address.searchParams.set("q", typed);
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  if (mine !== asked || !answer.ok || document.activeElement !== field) return undefined;
  list.innerHTML = await answer.text();
  const [first] = options(list);
  if (!first) return close(field);
  list.hidden = false;
  return choose(field, first);
}

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.matches?.("textarea[data-mentions]")) return;
  clearTimeout(timer);
  if (typedIn(field) === undefined) close(field);
  else timer = setTimeout(() => ask(field).catch(() => close(field)), WAIT);
});

function pressed(event) {
  const field = event.target;
  if (!field.matches?.("textarea[data-mentions]") || event.isComposing) return;
  const list = listOf(field);
  if (!list || list.hidden) return;
  const all = options(list);
  const here = all.indexOf(chosen(list));
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) choose(field, all[(here + step + all.length) % all.length]);
  else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || (event.key === "Tab" && !event.shiftKey)) {
    take(field, all[here]);
  } else if (event.key === "Escape") close(field);
  else return;
  event.preventDefault();
  event.stopPropagation();
}
document.addEventListener("keydown", pressed, true);

document.addEventListener("pointerdown", (event) => {
  const option = event.target.closest?.(".mentions [role=option]");
  if (!option) return;
  event.preventDefault(); // the text keeps the focus
  const field = document.querySelector(`textarea[aria-controls="${option.parentElement.id}"]`);
  if (field) take(field, option);
});
document.addEventListener("focusout", (event) => {
  if (event.target.matches?.("textarea[data-mentions]")) close(event.target);
});
