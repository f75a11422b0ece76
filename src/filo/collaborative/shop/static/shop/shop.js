// A form with [data-auto] is sent when something in it is changed; its button is for whoever has no scripts.
for (const form of document.querySelectorAll("form[data-auto]")) {
  form.dataset.ready = "";
  form.addEventListener("change", () => form.requestSubmit());
}

// The sum at the checkout follows the way of shipping.
document.addEventListener("change", ({ target }) => {
  const total = target.closest(".shop-checkout")?.querySelector(".shop-total");
  if (total && target.dataset.total) total.value = target.dataset.total;
});
