// The card: quick actions open the composer at their channel; forms grow by one more contact point or address.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-composes]");
  const composer = opener && document.getElementById("composer");
  if (!composer) return;
  const choice = composer.querySelector(`input[name="channel"][value="${opener.dataset.composes}"]`);
  if (choice) choice.checked = true;
  if (opener.getAttribute("href") === "#composer") event.preventDefault();
  const grid = document.querySelector(".card-grid[data-tab]");
  if (grid && grid.dataset.tab !== "story") document.querySelector('a[data-shows="story"]')?.click();
  composer.querySelector("textarea")?.focus();
});

class Repeat extends HTMLElement {
  connectedCallback() {
    this.querySelector("[data-add]")?.addEventListener("click", () => this.#add());
  }

  #add() {
    const total = this.parentElement.querySelector(`input[name="${this.dataset.prefix}-TOTAL_FORMS"]`);
    const place = Number(total.value);
    const holder = document.createElement("div");
    holder.innerHTML = this.querySelector("template").innerHTML.replaceAll("__prefix__", place);
    const row = holder.firstElementChild;
    this.insertBefore(row, this.querySelector("template"));
    total.value = place + 1;
    row.querySelector("input, select")?.focus();
  }
}
customElements.define("filo-repeat", Repeat);
