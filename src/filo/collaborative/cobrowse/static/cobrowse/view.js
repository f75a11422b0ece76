// The colleague's side: the customer's page as it is, kept as wide as there is room; a click points.
const RETRY = 1000;
// What is hidden on the customer's page comes without its kind, as a field of no size: its frame would stand there.
const UNSEEN = 'input[style*="width: 0px; height: 0px"] { display: none !important; }';

class View extends HTMLElement {
  connectedCallback() {
    this.wide = this.querySelector("[data-wide]");
    this.wide.addEventListener("click", () => this.enlarge(!this.hasAttribute("data-large")));
    this.escaping = (event) => event.key === "Escape" && this.hasAttribute("data-large") && this.enlarge(false);
    document.addEventListener("keydown", this.escaping);
    this.sized = new ResizeObserver(() => this.fit());
    this.sized.observe(this);
    this.following = () => this.follow();
    document.addEventListener("htmx:afterSettle", this.following);
    this.follow();
  }

  /** As large as the window, or beside the talk again. */
  enlarge(large) {
    this.toggleAttribute("data-large", large);
    this.wide.setAttribute("aria-label", large ? this.wide.dataset.smaller : this.wide.dataset.larger);
    this.wide.title = this.wide.getAttribute("aria-label");
    this.fit();
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.escaping);
    document.removeEventListener("htmx:afterSettle", this.following);
    this.sized.disconnect();
    this.rest();
  }

  /** What the panel says: there is a page to be seen, or not. */
  async follow() {
    const session = document.getElementById(this.dataset.panel)?.dataset.session ?? "";
    if (session === this.session) return;
    this.rest();
    this.session = session;
    this.hidden = !session;
    if (!session) return;
    this.Replayer ??= (await import(this.dataset.replay)).Replayer;
    if (this.session === session) this.dial();
  }

  rest() {
    this.session = "";
    this.enlarge(false);
    this.line?.close();
    this.line = null;
    this.replayer?.destroy?.();
    this.replayer = null;
    this.querySelector(".replayer-wrapper")?.remove();
    this.hidden = true;
  }

  dial() {
    const line = new WebSocket(`${location.origin.replace(/^http/, "ws")}/ws/view/${this.session}`);
    this.line = line;
    line.addEventListener("open", () => {
      this.querySelector("[data-broken]").hidden = true;
      line.send('{"what":"whole"}');
    });
    line.addEventListener("message", ({ data }) => this.told(JSON.parse(data)));
    line.addEventListener("close", ({ code }) => {
      if (this.line !== line || code === 4401) return;
      this.querySelector("[data-broken]").hidden = false;
      setTimeout(() => this.line === line && this.dial(), RETRY);
    });
  }

  told({ side, what, events }) {
    if (side !== "customer" || what !== "events") return;
    for (const event of events) {
      if (event.type === 4) this.meta = event;
      if (event.type === 2) this.begin(event);
      else if (event.type !== 4) this.replayer?.addEvent(event);
    }
    this.dispatchEvent(new CustomEvent("filo:seen", { bubbles: true, detail: events.at(-1)?.timestamp }));
  }

  /** A whole page: the view begins anew with it. */
  begin(snapshot) {
    this.replayer?.destroy?.();
    this.querySelector(".replayer-wrapper")?.remove();
    const meta = this.meta ?? { type: 4, data: { href: location.href, width: 1024, height: 768 }, timestamp: snapshot.timestamp };
    this.replayer = new this.Replayer([meta, snapshot], { root: this, liveMode: true, mouseTail: false, showWarning: false, useVirtualDom: false, insertStyleRules: [UNSEEN] });
    this.replayer.startLive(snapshot.timestamp);
    this.size = meta.data;
    this.replayer.on("resize", (size) => {
      this.size = size;
      this.fit();
    });
    const frame = this.replayer.iframe;
    frame.addEventListener("load", () => this.pointing(frame));
    this.pointing(frame);
    this.querySelector("p").hidden = true;
    this.fit();
  }

  pointing(frame) {
    frame.style.pointerEvents = "auto";
    const page = frame.contentDocument;
    if (!page || page.filoPoints) return;
    page.filoPoints = true;
    page.addEventListener("keydown", this.escaping);
    page.addEventListener(
      "click",
      (event) => {
        event.preventDefault();
        event.stopPropagation();
        const node = this.replayer.getMirror().getId(event.target);
        if (node > 0) this.line.send(JSON.stringify({ what: "point", node }));
      },
      true,
    );
  }

  fit() {
    const wrapper = this.querySelector(".replayer-wrapper");
    if (!wrapper || !this.size) return;
    if (this.hasAttribute("data-large")) this.style.blockSize = "";
    const room = this.hasAttribute("data-large") ? [this.clientWidth, this.clientHeight] : [this.clientWidth, 520];
    const scale = Math.min(room[0] / this.size.width, room[1] / this.size.height, 1.5);
    wrapper.style.transform = `scale(${scale})`;
    if (!this.hasAttribute("data-large")) this.style.blockSize = `${Math.round(this.size.height * scale)}px`;
  }
}

customElements.define("filo-view", View);
