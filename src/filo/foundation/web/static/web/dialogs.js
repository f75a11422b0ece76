// Dialogs: data-opens="#id" shows one, data-closes closes the one around it, dialog[data-open] shows itself.
const show = (dialog) => dialog instanceof HTMLDialogElement && !dialog.open && dialog.showModal();

function showDeclared(root) {
  if (root.matches?.("dialog[data-open]")) show(root);
  for (const dialog of root.querySelectorAll?.("dialog[data-open]") ?? []) show(dialog);
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.querySelector(opener.dataset.opens);
  if (dialog) {
    event.preventDefault();
    show(dialog);
    return;
  }
  const closer = event.target.closest("dialog :is(a, button)[data-closes]");
  if (closer) {
    event.preventDefault();
    closer.closest("dialog").close();
    return;
  }
  if (event.target.matches("dialog[data-light]")) event.target.close();
});

// A form in a dialog that htmx sends closes it when the answer is good.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form[data-closes]");
  if (form && event.detail.successful && event.detail.xhr.status !== 422) form.closest("dialog")?.close();
});

document.addEventListener("htmx:load", (event) => showDeclared(event.target));
showDeclared(document);
