// <filo-toast>: a short message that leaves after 8 s, 30 s when it holds a form to undo; never while in use.
class Toast extends HTMLElement {
  #timer = 0;

  connectedCallback() {
    for (const name of ["mouseenter", "focusin"]) this.addEventListener(name, this.#stay);
    for (const name of ["mouseleave", "focusout"]) this.addEventListener(name, this.#wait);
    this.addEventListener("click", (event) => event.target.closest("[data-dismiss]") && this.#leave());
    this.#wait();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  #stay = () => clearTimeout(this.#timer);

  #wait = () => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#leaveUnlessUsed, this.querySelector("form") ? 30_000 : 8_000);
  };

  #leaveUnlessUsed = () => (this.matches(":hover, :focus-within") ? this.#wait() : this.#leave());

  #leave() {
    this.toggleAttribute("data-leaving", true);
    setTimeout(() => this.remove(), 200);
  }
}
customElements.define("filo-toast", Toast);

// What a page brings along is read aloud only when it enters the live region after it: so it enters once more.
document.addEventListener("DOMContentLoaded", () => {
  const place = document.querySelector(".toasts");
  setTimeout(() => place && !place.matches(":focus-within") && place.append(...place.children), 400);
});

// What went wrong on the way is said with the words the page brought: <template id="toast-offline">, #toast-failed.
function say(id) {
  const words = document.querySelector(`template#${id}`);
  const place = document.querySelector(".toasts");
  if (words && place) place.replaceChildren(words.content.cloneNode(true));
}
document.addEventListener("htmx:sendError", () => say("toast-offline"));
document.addEventListener("htmx:timeout", () => say("toast-offline"));
document.addEventListener("htmx:responseError", () => say("toast-failed"));
