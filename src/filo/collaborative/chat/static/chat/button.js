// The button on our own pages: it opens the talk in a frame beside what one reads, and keeps it open from page to page.
const OPEN = "filo-chat-open";
const SEEN = "filo-chat-seen"; // when what was seen last was said

class Chat extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("a");
    this.unread = this.querySelector("[data-unread]");
    this.waiting = new Set();
    if (!sessionStorage.getItem(SEEN)) sessionStorage.setItem(SEEN, new Date().toISOString());
    this.button.addEventListener("click", (event) => {
      event.preventDefault();
      this.toggle(true);
    });
    window.addEventListener("message", (event) => this.heard(event));
    document.addEventListener("filo:chat", () => this.toggle(true));
    if (sessionStorage.getItem(OPEN) === "yes" && this.hasAttribute("data-going-on")) this.toggle(true, { focus: false });
    else if (this.hasAttribute("data-going-on")) this.make({ hidden: true }); // it listens, so that the button can tell
  }

  toggle(open, { focus = true } = {}) {
    sessionStorage.setItem(OPEN, open ? "yes" : "no");
    this.button.hidden = open;
    if (open && !this.frame) this.make();
    if (!this.frame) return;
    this.frame.hidden = !open;
    if (open) this.saw();
    if (open && focus) this.opened();
    if (!open) this.button.focus();
  }

  make({ hidden = false } = {}) {
    this.frame = document.createElement("iframe");
    this.frame.className = "chat-frame";
    this.frame.hidden = hidden;
    this.frame.title = this.button.querySelector("span").textContent.trim();
    this.frame.src = this.dataset.frame;
    this.frame.addEventListener("load", () => this.wanted && this.opened());
    this.append(this.frame);
  }

  /** The cursor goes into the talk, which asks who is there. */
  opened() {
    this.wanted = !this.frame.hidden;
    this.frame.focus();
    this.frame.contentWindow.postMessage({ filo: "opened" }, location.origin);
  }

  heard({ data, source }) {
    if (!this.frame || source !== this.frame.contentWindow) return;
    if (data?.filo === "close") this.toggle(false);
    if (data?.filo === "said" && new Date(data.at) > new Date(sessionStorage.getItem(SEEN))) this.came(data);
  }

  /** Something was said to him: seen at once where the talk is open, else it waits on the button. */
  came({ id, at }) {
    this.latest = at;
    this.waiting.add(id);
    if (this.frame.hidden) this.mark();
    else this.saw();
  }

  saw() {
    if (this.latest) sessionStorage.setItem(SEEN, this.latest);
    this.waiting.clear();
    this.mark();
  }

  mark() {
    this.unread.hidden = !this.waiting.size;
    this.unread.querySelector("b").textContent = this.waiting.size;
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
