// A form is sent once: while it is on its way its buttons rest. form[data-again] (a download) may be sent again.
const buttons = (form) => [...form.elements].filter((field) => field.matches("button:not([type=button]), [type=submit]"));

function rest(form) {
  form.dataset.busy = "true";
  // after this tick, so that the pressed button still sends its name
  setTimeout(() => buttons(form).forEach((button) => button.setAttribute("aria-disabled", "true")));
}

function wake(form) {
  delete form.dataset.busy;
  setTimeout(() => buttons(form).forEach((button) => button.removeAttribute("aria-disabled")));
}

// First of all listeners: a second press goes no further, neither to the browser nor to htmx.
document.addEventListener(
  "submit",
  (event) => {
    if (!event.target.dataset.busy) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  { capture: true },
);
document.addEventListener("submit", (event) => {
  const form = event.target;
  const stays = form.matches("[data-again], [method=get], [method=dialog], [target=_blank]") || event.submitter?.formMethod === "dialog";
  if (!event.defaultPrevented && !stays) rest(form);
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.matches("form") && event.detail.requestConfig.verb !== "get") rest(event.target);
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.target.matches("form[data-busy]")) wake(event.target);
});
// coming back with the back button
addEventListener("pageshow", () => document.querySelectorAll("form[data-busy]").forEach(wake));
