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
