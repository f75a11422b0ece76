// The console says that it is open, so that chats are offered to whoever sits there; and that the number of a customer
// who wants to be called is being called (what dials it hears the same click).
import htmx from "htmx.org";

const BEAT = 20000;
const desk = document.querySelector("[data-here][data-open]");
const csrf = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";
if (desk) {
  const beat = () => fetch(desk.dataset.here, { method: "POST", headers: { "X-CSRFToken": csrf() } }).catch(() => {});
  beat();
  setInterval(beat, BEAT);
}
document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.("a[data-called-at]");
    if (link) htmx.ajax("POST", link.dataset.calledAt, { target: link.closest(".talk-call"), swap: "outerHTML" });
  },
  { capture: true },
);
