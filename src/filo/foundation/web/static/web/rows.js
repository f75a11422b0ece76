// Lists by keyboard: j and k walk, Enter opens, Space peeks at the side; a click beside the name peeks too.
const rows = () => [...document.querySelectorAll("table[data-rows] tbody tr")];
const focused = () => document.querySelector("tr[data-focus]");

function walk(step) {
  const all = rows();
  if (!all.length) return;
  const here = all.indexOf(focused());
  const next = all[Math.min(Math.max(here + step, 0), all.length - 1)];
  focused()?.removeAttribute("data-focus");
  next.setAttribute("data-focus", "");
  next.querySelector("a")?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

async function peek(row) {
  const place = document.getElementById("peek");
  if (!place || !row?.dataset.peek) return;
  const answer = await fetch(row.dataset.peek, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return;
  place.innerHTML = await answer.text();
  for (const other of rows()) other.toggleAttribute("data-peeked", other === row);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !document.querySelector("table[data-rows]")) return;
  if (event.target.closest("input, select, textarea, dialog, details[open]")) return;
  if (event.key === "j") walk(1);
  else if (event.key === "k") walk(-1);
  else if (event.key === " " && focused()) {
    event.preventDefault();
    peek(focused());
  } else if (event.key === "Escape") document.getElementById("peek")?.replaceChildren();
});

document.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-peek]");
  if (row && !event.target.closest("a, button, input, label")) peek(row);
  if (event.target.closest("[data-unpeek]")) document.getElementById("peek")?.replaceChildren();
});
