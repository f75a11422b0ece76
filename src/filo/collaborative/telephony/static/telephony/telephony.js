// A number that is pressed is connected by the exchange, for whoever sits at one (data-dial="line").
import htmx from "htmx.org";
import { partyOf } from "../../../../operational/interactions/static/interactions/calls.js";

document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.('a[href^="tel:"]');
    const place = document.querySelector('[data-dial="line"]');
    if (!link || !place) return;
    event.preventDefault();
    event.stopPropagation();
    const number = decodeURIComponent(link.getAttribute("href").slice(4));
    const values = { number, party: partyOf(link) };
    htmx.ajax("POST", place.dataset.dialAt, { target: "#phone-said", swap: "innerHTML", values });
  },
  { capture: true },
);

// What rings can be put away until it changes, and the note is asked for once: both hold on the next page too.
const KEY = "filo-phone-seen";
const seen = () => (sessionStorage.getItem(KEY) ?? "").split(" ");
const remember = (name) => sessionStorage.setItem(KEY, [...seen().slice(-12), name].join(" "));

function hide(pop) {
  remember(pop.dataset.hides);
  pop.hidden = true;
}

function shown(place) {
  for (const pop of place.querySelectorAll("[data-hides]")) pop.hidden = seen().includes(pop.dataset.hides);
  const url = place.querySelector("[data-wrap-up]")?.dataset.wrapUp;
  if (!url || seen().includes(url)) return;
  remember(url);
  htmx.ajax("GET", url, { target: "#call-panel", swap: "innerHTML" });
}

document.addEventListener("click", (event) => {
  const pop = event.target.closest?.("[data-hide]")?.closest("[data-hides]");
  if (pop) hide(pop);
});
document.addEventListener("keydown", (event) => {
  const pop = event.key === "Escape" && event.target.closest?.("[data-hides]");
  if (!pop) return;
  event.stopPropagation();
  hide(pop);
});
document.addEventListener("htmx:afterSwap", (event) => event.target.id === "phone-pops" && shown(event.target));
