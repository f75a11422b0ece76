// Lists by keyboard, on every table[data-rows]: j and k walk, Enter opens, Space looks at a row at the side
// (tr[data-peek]: at its first link, with /peek after it), x chooses it (input[name=chosen]), Shift x all since the last chosen, * all.
import { orders, typing } from "./keys.js";

const rows = () => [...document.querySelectorAll("table[data-rows] tbody tr")];
const focused = () => document.querySelector("table[data-rows] tr[data-focus]");
const boxOf = (row) => row?.querySelector('input[type="checkbox"][name="chosen"]:not(:disabled)');
const peekPlace = () => document.getElementById("peek");

let place = -1; // where one stood, when the list has been fetched anew
let anchor = null; // the row chosen last: a range begins there

function stand(row) {
  focused()?.removeAttribute("data-focus");
  place = rows().indexOf(row);
  row.setAttribute("data-focus", "");
  (row.querySelector("a") ?? boxOf(row))?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function walk(step) {
  const all = rows();
  if (!all.length) return;
  const here = focused() ? all.indexOf(focused()) : place;
  stand(all[Math.min(Math.max(here + step, 0), all.length - 1)]);
}

function between(one, other) {
  const all = rows();
  const ends = [all.indexOf(one), all.indexOf(other)];
  return all.slice(Math.min(...ends), Math.max(...ends) + 1);
}

/** Tick or untick, as a click does, so that whatever counts the chosen hears of it. */
function tick(row, on) {
  const box = boxOf(row);
  if (box && box.checked !== on) box.click();
}

function choose(row) {
  if (!boxOf(row)) return;
  tick(row, !boxOf(row).checked);
  anchor = row;
}

function chooseUpTo(row) {
  const from = anchor?.isConnected ? anchor : row;
  const on = from === row ? true : boxOf(from)?.checked;
  for (const each of between(from, row)) tick(each, on);
  anchor = row;
}

function chooseAll() {
  const all = rows().filter(boxOf);
  const on = !all.every((row) => boxOf(row).checked);
  for (const row of all) tick(row, on);
}

async function peek(row) {
  if (!peekPlace() || !row?.hasAttribute("data-peek")) return;
  const answer = await fetch(`${row.querySelector("a[href]").pathname}/peek`, { headers: { "HX-Request": "true" } });
  if (!answer.ok || !row.isConnected) return;
  peekPlace().innerHTML = await answer.text();
  for (const other of rows()) other.toggleAttribute("data-peeked", other === row);
}

function unpeek() {
  peekPlace()?.replaceChildren();
  for (const row of rows()) row.removeAttribute("data-peeked");
}

const ORDERS = {
  j: () => walk(1),
  k: () => walk(-1),
  x: () => choose(focused()),
  X: () => focused() && chooseUpTo(focused()),
  "*": chooseAll,
  " ": () => peek(focused()),
  Enter: () => focused().querySelector("a")?.click(),
};
const needsRow = (key) => key === " " || key === "Enter";
// What has a meaning of its own for Space and Enter: everything that can be pressed, but for the link of the row.
const pressable = (target, key) =>
  key === "Enter"
    ? target.closest("a, button, summary, [role=option]")
    : target.closest("button, summary, input, [role=option]") || (target.closest("a") && !target.closest("tr[data-focus]"));

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !typing(event.target) && !document.querySelector("dialog:modal, details.menu[open]")) unpeek();
  if (!ORDERS[event.key] || !rows().length || !orders(event)) return;
  if (event.target.closest("details[open]")) return;
  if (needsRow(event.key) && (!focused() || pressable(event.target, event.key))) return;
  event.preventDefault();
  ORDERS[event.key]();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-unpeek]")) unpeek();
  const row = event.target.closest("table[data-rows] tbody tr");
  if (!row) return;
  if (event.isTrusted && event.target === boxOf(row)) {
    const on = event.target.checked;
    if (event.shiftKey && anchor?.isConnected) for (const each of between(anchor, row)) tick(each, on);
    anchor = row;
  } else if (row.hasAttribute("data-peek") && !event.target.closest("a, button, input, label")) peek(row);
});
