// The search box: Ctrl-K from anywhere, suggestions while typing, arrows and Enter to choose.
const WAIT = 140;

function suggestions(input, list, address) {
  let timer = 0;
  let asked = 0;
  const options = () => [...list.querySelectorAll('[role="option"]')];
  const chosen = () => options().find((option) => option.getAttribute("aria-selected") === "true");

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function choose(option) {
    for (const other of options()) other.setAttribute("aria-selected", String(other === option));
    if (option) input.setAttribute("aria-activedescendant", option.id);
    option?.scrollIntoView({ block: "nearest" });
  }
  async function ask() {
    const words = input.value.trim();
    if (words.length < 2) return close();
    const mine = ++asked;
    const url = new URL(address, location.href);
    url.searchParams.set("q", words);
    const answer = await fetch(url, { headers: { "HX-Request": "true" } });
    if (mine !== asked || !answer.ok) return;
    list.innerHTML = await answer.text();
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask().catch(close), WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return list.hidden ? input.blur() : close();
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = options();
    if (step && all.length) {
      event.preventDefault();
      const here = all.indexOf(chosen());
      choose(all[here < 0 && step < 0 ? all.length - 1 : (here + step + all.length) % all.length]);
    }
    if (event.key === "Enter" && chosen()) {
      event.preventDefault();
      chosen().click();
    }
  });
  document.addEventListener("click", (event) => {
    if (!list.contains(event.target) && event.target !== input) close();
  });
  return close;
}

const box = document.querySelector("[data-palette] input[data-suggest]");
if (box) suggestions(box, document.getElementById("suggestions"), box.dataset.suggest);

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || !box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// <filo-choose>: the same, to put the id of what was chosen into a form.
class Choose extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector('input[type="search"]');
    const hidden = this.querySelector('input[type="hidden"]');
    const list = this.querySelector('[role="listbox"]');
    const close = suggestions(input, list, this.dataset.suggest);
    input.addEventListener("input", () => (hidden.value = ""));
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[data-choose]");
      if (!option) return;
      event.preventDefault();
      hidden.value = option.dataset.choose;
      input.value = option.dataset.name;
      close();
    });
  }
}
customElements.define("filo-choose", Choose);
