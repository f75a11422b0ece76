// A sentence that is offered goes into the field that it names, to be changed or sent.
document.addEventListener("click", (event) => {
  const offered = event.target.closest("[data-fill]");
  const field = offered && document.querySelector(offered.dataset.fill);
  if (!field) return;
  field.value = offered.textContent.trim();
  field.focus();
  offered.closest("p")?.remove();
});
