// The button on our own pages: it opens the talk in a frame beside what one reads, and keeps it open from page to page.
const OPEN = "filo-chat-open";

class Chat extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("a");
    this.button.addEventListener("click", (event) => {
      event.preventDefault();
      this.toggle(true);
    });
    window.addEventListener("message", (event) => this.heard(event));
    document.addEventListener("filo:chat", () => this.toggle(true));
    if (sessionStorage.getItem(OPEN) === "yes" && this.hasAttribute("data-going-on")) this.toggle(true, { focus: false });
  }

  toggle(open, { focus = true } = {}) {
    sessionStorage.setItem(OPEN, open ? "yes" : "no");
    this.button.hidden = open;
    if (open && !this.frame) this.make();
    if (!this.frame) return;
    this.frame.hidden = !open;
    if (open && focus) this.frame.focus();
    if (!open) this.button.focus();
  }

  make() {
    this.frame = document.createElement("iframe");
    this.frame.className = "chat-frame";
    this.frame.title = this.button.textContent.trim();
    this.frame.src = this.dataset.frame;
    this.append(this.frame);
  }

  heard({ data, source }) {
    if (!this.frame || source !== this.frame.contentWindow) return;
    if (data?.filo === "close") this.toggle(false);
  }
}

customElements.define("filo-chat", Chat);

// Any button or link with [data-chat] opens it.
document.addEventListener("click", (event) => {
  const pressed = event.target.closest("[data-chat-open]");
  if (!pressed || !document.querySelector("filo-chat")) return;
  event.preventDefault();
  document.dispatchEvent(new CustomEvent("filo:chat"));
});
