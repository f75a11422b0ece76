// A form with [data-auto] is sent when something in it is changed; its button is for whoever has no scripts.
for (const form of document.querySelectorAll("form[data-auto]")) {
  form.dataset.ready = "";
  form.addEventListener("change", () => form.requestSubmit());
}

// The sum at the checkout follows the way of shipping.
const total = document.querySelector(".shop-total");
document.querySelector(".shop-checkout")?.addEventListener("change", (event) => {
  if (total && event.target.dataset.total) total.value = event.target.dataset.total;
});
