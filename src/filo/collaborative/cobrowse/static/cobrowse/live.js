// The customer's side: he is asked, agrees, and stops; pages that a colleague shows appear; his page is seen while he
// agrees. What is loaded for that is loaded only then.
const TOGETHER = 80;
const RETRY = [300, 600, 1000, 1000, 1000, 1500, 1500, 2000, 4000];

class Live extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const pressed = event.target.closest("[data-do]");
      if (!pressed) return;
      if (pressed.dataset.do === "stop") this.blind();
      this.say(pressed.dataset.do).then(() => this.refresh());
    });
    this.hearing = ({ detail }) => this.hear(detail);
    document.addEventListener("filo:heard", this.hearing);
    window.addEventListener("message", this.fromChat);
    this.querySelector(".live-ask")?.focus();
    if (this.dataset.looking) this.look();
  }

  disconnectedCallback() {
    document.removeEventListener("filo:heard", this.hearing);
    window.removeEventListener("message", this.fromChat);
    this.blind();
  }

  /** A chat began or ended in the frame: hear of its visit from now on. */
  fromChat = ({ data, origin }) => {
    if (origin === location.origin && data?.filo === "going-on" && data.on !== Boolean(this.dataset.live)) this.refresh();
  };

  async refresh() {
    const answer = await fetch(this.dataset.now, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const made = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("filo-live");
    if (!made) return;
    this.replaceWith(document.adoptNode(made));
    document.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: made } }));
  }

  async say(what, more = {}) {
    return fetch(this.dataset.say.replace("WHAT", what), { method: "POST", body: new URLSearchParams(more) });
  }

  hear({ topic, kind, data }) {
    if (topic !== this.dataset.live) return;
    if (kind === "looking") {
      if (data.state === "ended") this.blind();
      if (data.state !== this.state) this.refresh();
    } else if (kind === "show" && data.url) this.show(data);
  }

  /** How it stands as this element shows it. */
  get state() {
    if (this.dataset.looking) return "active";
    return this.querySelector(".live-ask") ? "asked" : "ended";
  }

  /** Each page once: a page that just opened hears again of what was told a moment ago. */
  show({ url, shown }) {
    const target = new URL(url, location.href);
    if (target.origin !== location.origin || !target.pathname.startsWith("/p/")) return;
    const seen = JSON.parse(sessionStorage.getItem("filo-shown-all") ?? "[]");
    if (seen.includes(shown)) return;
    sessionStorage.setItem("filo-shown-all", JSON.stringify([...seen, shown].slice(-50)));
    sessionStorage.setItem("filo-shown", shown);
    if (matchMedia("(max-width: 48rem)").matches) sessionStorage.setItem("filo-chat-open", "no");
    if (target.href === location.href) location.reload();
    else location.assign(target.href);
  }

  arrived() {
    const shown = sessionStorage.getItem("filo-shown");
    if (!shown) return;
    sessionStorage.removeItem("filo-shown");
    this.say("arrived", { shown });
  }

  // --- his page is seen ---

  async look() {
    this.arrived();
    const { record } = await import(this.dataset.record);
    if (!this.isConnected || !this.dataset.looking) return;
    this.record = record;
    this.say("page", { path: location.pathname, title: document.title.replace(/ · [^·]*$/, "") });
    this.dial(0);
  }

  dial(tries) {
    const line = new WebSocket(`${location.origin.replace(/^http/, "ws")}/ws/view/${this.dataset.looking}`);
    this.line = line;
    line.addEventListener("open", () => {
      this.broken(false);
      this.start();
    });
    line.addEventListener("message", ({ data }) => this.told(JSON.parse(data)));
    line.addEventListener("close", ({ code }) => {
      this.pause();
      if (!this.isConnected || this.line !== line) return undefined;
      if (code === 4401 || code === 4403) return this.refresh();
      this.broken(true);
      return setTimeout(() => this.isConnected && this.dial(tries + 1), RETRY[Math.min(tries, RETRY.length - 1)]);
    });
  }

  broken(yes) {
    const said = this.querySelector("[data-broken]");
    if (said) said.hidden = !yes;
  }

  start() {
    this.pause();
    this.waiting = [];
    this.stopRecording = this.record({
      emit: (event) => this.emit(event),
      maskAllInputs: true,
      // What is typed is hidden, but for fields that both fill in: those alone stand in a shared form.
      maskInputFn: (text, element) => (element?.closest?.("[data-shared]") && !element.closest("[data-private]") ? text : "*".repeat(text.length)),
      blockSelector: "[data-private], input[type=hidden], filo-chat, filo-live",
      inlineStylesheet: false,
      slimDOMOptions: "all", // no token of a form, no comments
      recordCanvas: false,
      collectFonts: false,
      sampling: { mousemove: 100, scroll: 100, input: "last" },
    });
  }

  emit(event) {
    this.waiting.push(event);
    if (event.type === 2) return this.flush();
    this.timer ||= setTimeout(() => this.flush(), TOGETHER);
    return undefined;
  }

  flush() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (!this.waiting.length || this.line?.readyState !== WebSocket.OPEN) return;
    this.line.send(JSON.stringify({ what: "events", events: this.waiting }));
    this.waiting = [];
  }

  told({ side, what, node }) {
    if (side !== "operator") return;
    if (what === "whole") this.start();
    if (what === "point") this.point(this.record.mirror.getNode(node));
  }

  point(node) {
    const element = node instanceof Element ? node : node?.parentElement;
    if (!element) return;
    document.querySelector("[data-pointed]")?.removeAttribute("data-pointed");
    element.setAttribute("data-pointed", "");
    element.scrollIntoView({ block: "center", behavior: "smooth" });
    setTimeout(() => element.removeAttribute("data-pointed"), 4000);
  }

  pause() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.stopRecording?.();
    this.stopRecording = null;
  }

  /** At once, before anybody else hears of it. */
  blind() {
    delete this.dataset.looking;
    this.pause();
    const line = this.line;
    this.line = null;
    line?.close();
  }
}

customElements.define("filo-live", Live);
