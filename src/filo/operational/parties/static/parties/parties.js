import "./cells.js";
import "./provenance.js";

// The card: quick actions open the composer at their channel; forms grow by one more contact point or address.
// An address that ends in #compose-call does so too: the commands of the palette lead there.
function compose(channel) {
  const composer = document.getElementById("composer");
  if (!composer) return false;
  const choice = composer.querySelector(`input[name="channel"][value="${CSS.escape(channel)}"]`);
  if (choice) choice.checked = true;
  const grid = document.querySelector(".card-grid[data-tab]");
  if (grid && grid.dataset.tab !== "story") document.querySelector('a[data-shows="story"]')?.click();
  composer.querySelector("textarea")?.focus();
  return true;
}

function composeAsAsked() {
  const [, channel] = /^#compose-([a-z]+)$/.exec(location.hash) ?? [];
  if (!channel) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  compose(channel);
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-composes]");
  if (!opener || !compose(opener.dataset.composes)) return;
  if (opener.getAttribute("href") === "#composer") event.preventDefault();
});
window.addEventListener("hashchange", composeAsAsked);
composeAsAsked();

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
