// The board: a card is dragged to another stage, or sent there with Shift and an arrow key; arrows alone walk.
import htmx from "htmx.org";

const board = () => document.querySelector("[data-board]");
const columns = () => [...(board()?.querySelectorAll("[data-stage]") ?? [])];
const cardsIn = (column) => [...column.querySelectorAll("[data-deal]")];
let dragged = null;
let wanted = ""; // the card that has the focus again when its column came back

function send(card, column) {
  if (!card?.dataset.move || card.closest("[data-stage]") === column) return;
  wanted = card.dataset.deal;
  card.toggleAttribute("data-busy", true);
  const values = { stage: column.dataset.stage, board: "1", back: location.pathname + location.search };
  const address = card.dataset.move + location.search;
  htmx.ajax("POST", address, { source: board(), target: "#board-ask", swap: "none", values }).finally(() => {
    card.removeAttribute("data-busy");
    if (!document.querySelector("dialog[open]")) stand(document.getElementById(`deal-${wanted}`));
  });
}

const stand = (card) => card?.querySelector("a")?.focus();

function walk(card, key) {
  const column = card.closest("[data-stage]");
  const here = cardsIn(column).indexOf(card);
  if (key === "ArrowDown" || key === "ArrowUp") {
    stand(cardsIn(column)[here + (key === "ArrowDown" ? 1 : -1)]);
    return;
  }
  const all = columns().filter((one) => one === column || cardsIn(one).length);
  const beside = all[all.indexOf(column) + (key === "ArrowRight" ? 1 : -1)];
  if (beside) stand(cardsIn(beside)[Math.min(here, cardsIn(beside).length - 1)]);
}

document.addEventListener("keydown", (event) => {
  const card = event.target.closest?.("[data-deal]");
  if (!card || !event.key.startsWith("Arrow") || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  if (!event.shiftKey) return walk(card, event.key);
  const all = columns();
  const beside = all[all.indexOf(card.closest("[data-stage]")) + (event.key === "ArrowRight" ? 1 : -1)];
  if (beside && (event.key === "ArrowRight" || event.key === "ArrowLeft")) send(card, beside);
});

document.addEventListener("dragstart", (event) => {
  const card = event.target.closest?.("[data-deal][draggable]");
  if (!card) return;
  dragged = card;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", card.querySelector("a")?.href ?? "");
  card.toggleAttribute("data-dragged", true);
});
document.addEventListener("dragover", (event) => {
  const column = dragged && event.target.closest?.("[data-stage]");
  for (const one of columns()) one.toggleAttribute("data-over", one === column);
  if (column) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const column = dragged && event.target.closest?.("[data-stage]");
  if (!column) return;
  event.preventDefault();
  send(dragged, column);
});
document.addEventListener("dragend", () => {
  dragged?.removeAttribute("data-dragged");
  dragged = null;
  for (const one of columns()) one.removeAttribute("data-over");
});

// In the settings rows are put in order by dragging; without a script each has buttons that let it go a place on.
for (const list of document.querySelectorAll("[data-order]")) putInOrder(list);

function putInOrder(list) {
  let dragged = null;
  const over = (event) => event.target.closest?.("[data-order] > li[draggable]");
  const mark = (under) => {
    for (const one of list.children) one.toggleAttribute("data-over", one === under && one !== dragged);
  };
  list.addEventListener("dragstart", (event) => {
    dragged = over(event);
    if (dragged) event.dataTransfer.effectAllowed = "move";
  });
  list.addEventListener("dragover", (event) => {
    const under = over(event);
    if (!dragged || !under || !list.contains(under)) return;
    event.preventDefault();
    mark(under);
  });
  list.addEventListener("drop", (event) => {
    const under = over(event);
    if (!dragged || !under || under === dragged || !list.contains(under)) return;
    event.preventDefault();
    const all = [...list.children];
    if (all.indexOf(dragged) < all.indexOf(under)) under.after(dragged);
    else under.before(dragged);
    keepOrder(list);
  });
  list.addEventListener("dragend", () => {
    dragged = null;
    mark(null);
  });
}

function keepOrder(list) {
  const form = new FormData();
  for (const one of list.querySelectorAll(":scope > li[draggable]")) form.append("key", one.dataset.key);
  const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  fetch(list.dataset.order, { method: "POST", body: form, headers: { "X-CSRFToken": token } })
    .then((answer) => answer.ok || location.reload())
    .catch(() => location.reload());
}
