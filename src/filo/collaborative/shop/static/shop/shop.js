// A form with [data-auto] is sent when something in it is changed; its button is for whoever has no scripts.
for (const form of document.querySelectorAll("form[data-auto]")) {
  form.dataset.ready = "";
  form.addEventListener("change", () => form.requestSubmit());
}

// The sums at the checkout follow the way of shipping.
document.addEventListener("change", ({ target }) => {
  const form = target.closest(".shop-checkout");
  if (!form || !target.dataset.total) return;
  form.querySelector(".shop-total").value = target.dataset.total;
  form.querySelector(".shop-shipping").value = target.dataset.price;
});
