// Pictures of a product are put in order by dragging; without a script each has a button that makes it the first.
const list = document.querySelector("[data-pictures]");
if (list) arrange(list);

function arrange(pictures) {
  let dragged = null;
  const over = (event) => event.target.closest?.("[data-pictures] > li");
  pictures.addEventListener("dragstart", (event) => {
    dragged = over(event);
    event.dataTransfer.effectAllowed = "move";
  });
  pictures.addEventListener("dragover", (event) => {
    const under = over(event);
    if (!dragged || !under) return;
    event.preventDefault();
    for (const one of pictures.children) one.toggleAttribute("data-over", one === under && one !== dragged);
  });
  pictures.addEventListener("drop", (event) => {
    const under = over(event);
    if (!dragged || !under || under === dragged) return;
    event.preventDefault();
    const all = [...pictures.children];
    if (all.indexOf(dragged) < all.indexOf(under)) under.after(dragged);
    else under.before(dragged);
    keep(pictures);
  });
  pictures.addEventListener("dragend", () => {
    dragged = null;
    for (const one of pictures.children) one.removeAttribute("data-over");
  });
}

function keep(pictures) {
  const form = new FormData();
  for (const one of pictures.children) form.append("image", one.dataset.id);
  const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  fetch(pictures.dataset.pictures, { method: "POST", body: form, headers: { "X-CSRFToken": token } });
}
