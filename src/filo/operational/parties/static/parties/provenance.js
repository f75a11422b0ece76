// Where a value comes from, told while it is pointed at, focused or tapped. The sentences of a card are asked for
// once, when the first of them is wanted, and again when the card has become another.
const LINGER = 200; // so that the pointer can go over to what was opened
const told = { url: "", sentences: null };
let open = null;

function sentences(url) {
  if (told.url !== url) {
    told.url = url;
    told.sentences = fetch(url, { headers: { "X-Requested-With": "fetch" } })
      .then((answer) => (answer.ok && !answer.redirected ? answer.text() : Promise.reject(answer.status)))
      .then((text) => new DOMParser().parseFromString(text, "text/html"))
      .catch(() => {
        told.url = ""; // asked again next time
        return null;
      });
  }
  return told.sentences;
}

class Whence extends HTMLElement {
  #bubble = null;
  #leaving = 0;
  #pinned = false;

  connectedCallback() {
    const value = this.parentElement;
    this.button = this.querySelector("button");
    value.addEventListener("pointerenter", (event) => event.pointerType !== "touch" && this.#show());
    value.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && this.#leave());
    value.addEventListener("focusin", (event) => event.target.matches(":focus-visible") && this.#show());
    value.addEventListener("focusout", (event) => value.contains(event.relatedTarget) || this.hide());
    this.button.addEventListener("click", () => this.#toggle());
  }

  disconnectedCallback() {
    if (open === this) open = null;
  }

  #toggle() {
    if (this.#pinned) return this.hide();
    this.#pinned = true;
    this.#show();
  }

  async #show() {
    clearTimeout(this.#leaving);
    if (open === this) return;
    open?.hide();
    open = this;
    const url = this.closest("[data-provenance]")?.dataset.provenance;
    const found = url ? await sentences(url) : null;
    const line = found?.querySelector(`[data-fact="${CSS.escape(this.dataset.fact)}"]`);
    if (open !== this) return;
    if (!line) {
      open = null;
      return;
    }
    this.#bubble ??= this.#made();
    this.#bubble.replaceChildren(...line.cloneNode(true).childNodes);
    this.#bubble.showPopover();
    this.button.setAttribute("aria-expanded", "true");
    this.#place();
  }

  #made() {
    const bubble = document.createElement("span");
    bubble.popover = "manual";
    bubble.className = "whence";
    bubble.setAttribute("role", "status");
    this.append(bubble);
    return bubble;
  }

  // Below the value, or above it where there is no room; never out of the window.
  #place() {
    const value = this.parentElement.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.#bubble;
    const below = value.bottom + height < innerHeight;
    this.#bubble.style.left = `${Math.max(8, Math.min(value.left, innerWidth - width - 8))}px`;
    this.#bubble.style.top = `${below ? value.bottom : Math.max(8, value.top - height)}px`;
  }

  #leave() {
    clearTimeout(this.#leaving);
    if (!this.#pinned) this.#leaving = setTimeout(() => this.hide(), LINGER);
  }

  hide() {
    clearTimeout(this.#leaving);
    this.#pinned = false;
    if (open === this) open = null;
    if (this.#bubble?.matches(":popover-open")) this.#bubble.hidePopover();
    this.button.setAttribute("aria-expanded", "false");
  }
}
customElements.define("filo-whence", Whence);

document.addEventListener("keydown", (event) => event.key === "Escape" && open?.hide());
document.addEventListener("pointerdown", (event) => open && !open.parentElement.contains(event.target) && open.hide());
addEventListener("scroll", () => open?.hide(), { capture: true, passive: true });
