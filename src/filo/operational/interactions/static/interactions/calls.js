// Calls: a number that is pressed on a card starts the clock (<… data-dial="sip"> dials it with a program instead of
// tel:, data-dial="line" leaves it to the exchange, which tells when somebody speaks); <filo-timer data-since data-now> counts; the panel after
// a call (form[data-draft-at]) keeps what is typed, and once more when it closes: Escape loses nothing.
import htmx from "htmx.org";

const WAIT = 1500;
const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";
const two = (number) => String(number).padStart(2, "0");

class Timer extends HTMLElement {
  #ticking = 0;

  connectedCallback() {
    // by the server's clock: that of this machine may be wrong
    const since = Date.now() - (Date.parse(this.dataset.now) - Date.parse(this.dataset.since));
    const show = () => {
      const seconds = Math.max(0, Math.floor((Date.now() - since) / 1000));
      const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
      this.textContent = `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
    };
    show();
    this.#ticking = setInterval(show, 1000);
  }

  disconnectedCallback() {
    clearInterval(this.#ticking);
  }
}
customElements.define("filo-timer", Timer);

/** Whom a number belongs to: who is named at it, the row it stands in, or the card that is open. */
export function partyOf(link) {
  if (link.dataset.party !== undefined) return link.dataset.party;
  const row = link.closest("tr[data-id]");
  if (row) return row.dataset.id;
  const [kind, id] = (document.querySelector("[data-palette]")?.dataset.about ?? "").split(":");
  return kind === "party" ? id : "";
}

document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.('a[href^="tel:"]');
    const bar = document.getElementById("call-bar");
    const dial = document.querySelector("[data-dial]")?.dataset.dial ?? "tel";
    if (!link || dial === "line") return;
    const party = bar && partyOf(link);
    const number = decodeURIComponent(link.getAttribute("href").slice(4));
    if (dial === "sip") link.href = `sip:${number}`;
    if (!party) return;
    event.stopPropagation(); // the panel after the call asks what was said: no need to open the composer too
    htmx.ajax("POST", `/parties/${party}/calls`, { target: bar, swap: "innerHTML", values: { number, direction: "out" } });
  },
  { capture: true },
);

let timer = 0;
let unkept = null;

async function keep(form, { last = false } = {}) {
  clearTimeout(timer);
  unkept = null;
  const headers = { "X-CSRFToken": token(), "X-Filo-Quiet": "1" };
  const body = new URLSearchParams(new FormData(form));
  await fetch(form.dataset.draftAt, { method: "POST", headers, body, keepalive: last }).catch(() => {
    unkept = form;
  });
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form?.dataset.draftAt) return;
  if (event.target.name === "next_due" && event.target.value) form.querySelector('[name="next_when"][value=""]').checked = true;
  if (event.target.name === "next_when" && event.target.value) form.elements.namedItem("next_due").value = "";
  unkept = form;
  clearTimeout(timer);
  timer = setTimeout(() => keep(form), WAIT);
});
// Saving comes first: no draft may overtake it.
document.addEventListener("submit", (event) => {
  if (!event.target.dataset.draftAt) return;
  clearTimeout(timer);
  unkept = null;
});
document.addEventListener(
  "close",
  async (event) => {
    const form = event.target.matches?.("dialog.wrap-up") && event.target.querySelector("form[data-draft-at]");
    if (!form) return;
    await keep(form, { last: true });
    event.target.remove();
    htmx.trigger(document.body, "filo:called");
  },
  { capture: true },
);
window.addEventListener("pagehide", () => unkept && keep(unkept, { last: true }));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.form;
  if (!form?.dataset.draftAt) return;
  event.preventDefault();
  form.requestSubmit();
});
// While the panel opens, the bar has done its part.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "call-panel") htmx.trigger(document.body, "filo:called");
});
