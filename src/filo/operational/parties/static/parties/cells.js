// Cells of a list that change in their place: a pencil beside them, a small form, Escape takes it away.
// Boxes that choose rows are counted in the bar below.
import htmx from "htmx.org";

const labels = () => document.querySelector("[data-chosen-count]");

function offer(cell) {
  if (cell.querySelector(".edit-cell, form")) return;
  const row = cell.closest("tr");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "edit-cell";
  const who = row.querySelector(".who a")?.textContent ?? "";
  button.setAttribute("aria-label", `${cell.dataset.label}: ${who}`);
  const pencil = document.querySelector("template#pencil");
  if (pencil) button.append(pencil.content.cloneNode(true));
  cell.append(button);
}

/** Fetched by htmx, which makes the form in it work and says what goes wrong. */
const fetched = (cell, address) => htmx.ajax("GET", address, { target: cell, swap: "innerHTML" });

const address = (cell) => `/parties/${cell.closest("tr").dataset.id}/cell/${cell.dataset.edit}`;
const open = (cell) => !cell.querySelector("form") && fetched(cell, address(cell));
const close = (cell) => fetched(cell, `${address(cell)}?shown=1`);

/** After each change of a cell the hand stays where it is: in the field, or on the pencil. */
document.addEventListener("htmx:afterSettle", (event) => {
  const cell = event.target.closest?.("td[data-edit]");
  if (!cell) return;
  const wrong = cell.querySelector("[aria-invalid=true]");
  const field = wrong ?? cell.querySelector("select, input:not([type=hidden]), textarea");
  if (!field) offer(cell);
  (field ?? cell.querySelector(".edit-cell"))?.focus();
});

function count() {
  const label = labels();
  if (!label) return;
  const all = [...document.querySelectorAll('input[name="chosen"]')];
  const number = all.filter((box) => box.checked).length;
  label.textContent = number === 1 ? label.dataset.one : label.dataset.many.replace("{n}", number);
  const whole = document.querySelector("[data-choose-all]");
  if (whole) {
    whole.checked = number > 0 && number === all.length;
    whole.indeterminate = number > 0 && number < all.length;
  }
}

document.addEventListener("pointerover", (event) => {
  const row = event.target.closest?.("table[data-rows] tbody tr");
  for (const cell of row?.querySelectorAll("td[data-edit]") ?? []) offer(cell);
});
document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("table[data-rows] tbody tr");
  for (const cell of row?.querySelectorAll("td[data-edit]") ?? []) offer(cell);
});
document.addEventListener("click", (event) => {
  const cell = event.target.closest("td[data-edit]");
  if (cell && event.target.closest(".edit-cell")) open(cell);
  else if (cell && event.target.closest("[data-cell-cancel]")) close(cell);
});
document.addEventListener("dblclick", (event) => {
  const cell = event.target.closest("td[data-edit]");
  if (cell && !event.target.closest("a, form")) open(cell);
});
document.addEventListener("keydown", (event) => {
  const cell = event.key === "Escape" && event.target.closest("[data-cell-form]")?.closest("td");
  if (cell) close(cell);
});
// In the menu of columns what is ticked stands in the order of the list.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-further-up]");
  const column = button?.closest(".column");
  if (!column) return;
  const before = column.previousElementSibling;
  if (before?.matches(".column")) before.before(column);
  button.focus();
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-choose-all]"))
    for (const box of document.querySelectorAll('input[name="chosen"]')) box.checked = event.target.checked;
  if (event.target.matches('[data-choose-all], input[name="chosen"]')) count();
});
document.addEventListener("reset", (event) => {
  if (event.target.id === "chosen") setTimeout(count);
});
