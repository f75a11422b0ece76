// htmx under a strict content policy: no eval, no inline styles, nothing of a customer kept in the browser.
import htmx from "htmx.org";

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  scrollIntoViewOnBoost: false,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "...", swap: false, error: true },
  ],
});

const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token();
});

// The session ended: the answer is the sign-in page. Load the whole page again, which leads there and back here.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status >= 400 && xhr.getResponseHeader("HX-Retarget")) {
    event.detail.shouldSwap = true; // a refusal with a sentence of its own
    event.detail.isError = false;
  }
  if (!xhr.responseURL || !new URL(xhr.responseURL).pathname.startsWith("/login")) return;
  if (location.pathname.startsWith("/login")) return;
  event.detail.shouldSwap = false;
  location.reload();
});
