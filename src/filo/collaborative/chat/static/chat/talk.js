// A talk, on the customer's side (in its frame) and on the colleague's (in the console): what was said comes over the
// line of the page; after a break it is asked what was missed, by the last message known. Nothing stands twice.
import { dial, register } from "../../../../foundation/web/static/web/live.js";
import { callMe } from "./calling.js";
import { Outgoing } from "./outgoing.js";
import { keepAsking, tellStanding } from "./standing.js";

const TYPING_EVERY = 3000;
const TYPING_FOR = 4500;
const KEY = "filo-visitor-key";

const csrf = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

class Talk extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("[data-list]");
    this.form = this.querySelector("[data-write]");
    this.text = this.form?.elements.text;
    this.words = this.querySelector("[data-words]").dataset;
    this.mine = this.dataset.side === "operator" ? "us" : "them";
    this.shown = new Map();
    this.last = "";
    this.read = this.dataset.read ?? "";
    this.chat = this.dataset.chat ?? "";
    this.outgoing = new Outgoing(`filo-said-${this.chat || this.dataset.place}`, (item) => this.post(item));
    document.addEventListener("filo:heard", ({ detail }) => this.hear(detail));
    document.addEventListener("filo:line", ({ detail }) => this.line(detail.up));
    this.form?.addEventListener("submit", (event) => this.say(event));
    this.text?.addEventListener("keydown", (event) => this.key(event));
    this.text?.addEventListener("input", () => this.types());
    this.querySelector("[data-files]")?.addEventListener("change", (event) => this.attach(event.target));
    this.querySelector("[data-ready]")?.addEventListener("change", (event) => this.putIn(event.target));
    window.addEventListener("focus", () => this.seen());
    // A form of the page itself leads on: what it changes is no news here.
    document.addEventListener("submit", ({ target }) => (this.leaving ||= target !== this.form && !target.hasAttribute("hx-post")));
    this.begin();
  }

  begin() {
    const said = document.getElementById("chat-said");
    if (said) {
      for (const one of JSON.parse(said.textContent)) this.show(one);
      this.listen(`chat:${this.chat}`);
      this.seen();
    } else {
      this.frame();
      this.remember();
    }
    for (const item of this.outgoing.items) this.showWaiting(item);
    this.outgoing.run();
  }

  // --- the customer's frame ---

  frame() {
    this.querySelector("[data-close]").addEventListener("click", () => parent.postMessage({ filo: "close" }, "*"));
    this.over = this.querySelector("[data-over]");
    this.ending = this.querySelector("[data-ending]");
    this.ending.addEventListener("click", () => this.ask(true));
    this.querySelector("[data-back]").addEventListener("click", () => this.ask(false));
    this.over.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.ask(false);
    });
    this.over.addEventListener("submit", (event) => this.end(event));
    callMe(this);
    window.addEventListener("message", ({ source, data }) => {
      if (source !== parent || data?.filo !== "key" || this.secret || !this.foreign()) return;
      this.remember(data.key);
      this.catchUp();
    });
    keepAsking(this);
  }

  /** A frame on another site keeps the key that no cookie can; where nothing may be kept, the page around keeps it. */
  remember(key) {
    try {
      if (key) localStorage.setItem(KEY, key);
      this.secret = localStorage.getItem(KEY) ?? "";
    } catch {
      this.secret = key || this.secret || "";
      parent.postMessage(this.secret ? { filo: "keep", key: this.secret } : { filo: "who" }, "*");
    }
    if (this.secret && window.parent !== window && this.foreign()) dial(`/ws/visit?key=${this.secret}`);
  }

  foreign() {
    try {
      return parent.location.origin !== location.origin;
    } catch {
      return true;
    }
  }

  headers() {
    const found = { "X-CSRFToken": csrf(), Accept: "application/json" };
    if (this.secret && this.foreign()) found["X-Filo-Visitor"] = this.secret;
    return found;
  }

  ask(shown) {
    this.over.hidden = !shown;
    this.form.hidden = shown;
    const address = this.over.elements.address;
    address.value ||= this.form.elements.address?.value ?? "";
    (shown ? address : this.text).focus();
  }

  async end(event) {
    event.preventDefault();
    const body = new FormData(this.over);
    body.set("over", "yes");
    const answer = await fetch(this.dataset.end, { method: "POST", headers: this.headers(), body });
    if (answer.ok) {
      this.ask(false);
      this.catchUp();
    } else this.refuse(await answer.json());
  }

  // --- what is heard ---

  listen(topic, visit = "") {
    const wanted = [topic, visit].filter(Boolean).join(" ");
    if (this.dataset.live === wanted) return;
    this.dataset.live = wanted;
    register();
  }

  hear({ topic, kind, data }) {
    if (topic !== `chat:${this.chat}`) return;
    if (kind === "message" && data.said) {
      this.show(data.said);
      this.typing(false);
      if (data.said.from !== this.mine) this.seen();
    } else if (kind === "typing" && this.other(data.side)) this.typing(true);
    else if (kind === "read" && this.other(data.side)) this.wasRead(new Date().toISOString());
    else if (kind === "state") {
      if (this.mine === "us") this.stateOfConsole(data.state);
      else this.catchUp();
    }
  }

  other(side) {
    return side !== this.dataset.side;
  }

  stateOfConsole(state) {
    if (state !== this.dataset.state && !this.leaving) location.reload();
  }

  line(up) {
    if (up && this.wasDown) this.catchUp();
    this.wasDown = !up;
    this.toggleAttribute("data-down", !up);
    if (up) {
      this.problem("");
      this.outgoing.run();
    } else this.problem(this.words.down);
  }

  async catchUp() {
    try {
      const answer = await fetch(`${this.dataset.now}?after=${this.last}`, { headers: this.headers() });
      if (!answer.ok) return;
      this.standing(await answer.json());
    } catch {
      this.line(false);
    }
  }

  standing(now) {
    if (now.chat && now.chat !== this.chat) {
      this.chat = now.chat;
      parent.postMessage({ filo: "going-on", on: now.state !== "ended" }, "*");
    }
    for (const one of now.messages ?? []) this.show(one);
    if (now.topic && now.state !== "ended") this.listen(now.topic);
    if (this.mine === "us") return this.wasRead(now.read);
    tellStanding(this, now);
    if (now.state === "ended") parent.postMessage({ filo: "going-on", on: false }, "*");
    if (now.read) this.wasRead(now.read);
    return undefined;
  }

  // --- what is said ---

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.form.requestSubmit();
    } else if (event.key === " " || event.key === "Tab") this.ready(event);
  }

  /** "/code" becomes the text kept ready under that code. */
  ready(event) {
    const found = this.text.value.match(/(^|\s)\/([\w-]+)$/);
    const option = found && this.querySelector(`[data-ready] option[data-code="${CSS.escape(found[2])}"]`);
    if (!option) return;
    event.preventDefault();
    this.text.value = this.text.value.slice(0, -found[2].length - 1) + option.value;
  }

  putIn(select) {
    this.text.value += (this.text.value ? "\n" : "") + select.value;
    select.value = "";
    this.text.focus();
  }

  attach(input) {
    if (!input.files.length) return;
    this.put({ text: this.text.value.trim(), files: [...input.files] });
    input.value = "";
    this.text.value = "";
  }

  say(event) {
    event.preventDefault();
    const text = this.text.value.trim();
    if (!text) return;
    if (this.mine === "them" && !this.chat) {
      const address = this.form.elements.address;
      if (address && !address.checkValidity()) return address.reportValidity();
    }
    this.put({ text });
    this.text.value = "";
    this.text.focus();
    return undefined;
  }

  put(said) {
    const item = { id: this.newId(), ...said };
    this.showWaiting(item);
    this.outgoing.put(item);
  }

  newId() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    return [...bytes].map((one, at) => ([4, 6, 8, 10].includes(at) ? "-" : "") + one.toString(16).padStart(2, "0")).join("");
  }

  async post(item) {
    const begins = this.mine === "them" && (!this.chat || this.hasAttribute("data-ended"));
    const body = new FormData();
    body.set("id", item.id);
    body.set("text", item.text);
    for (const file of item.files ?? []) body.append("files", file);
    if (this.mine === "them") this.describe(body, begins);
    const answer = await fetch(begins ? this.dataset.begin : this.dataset.say, { method: "POST", headers: this.headers(), body });
    if (answer.status >= 500 || answer.status === 429) return false;
    const told = await answer.json();
    if (!answer.ok) return this.refused(item, told);
    this.problem("");
    if (begins) {
      this.remember(told.key);
      this.standing(told);
    } else this.show(told.said);
    return true;
  }

  describe(body, begins) {
    body.set("page", this.dataset.page ?? "");
    body.set("title", this.dataset.title ?? "");
    if (!begins) return;
    body.set("place", this.dataset.place);
    for (const name of ["name", "address"]) body.set(name, this.form.elements[name]?.value ?? "");
  }

  /** What can never be kept goes back into the field. */
  refused(item, told) {
    if (told.code === "chat-over") {
      this.chat = "";
      return false;
    }
    this.shown.get(item.id)?.remove();
    this.shown.delete(item.id);
    if (!this.text.value) this.text.value = item.text;
    this.refuse(told);
    return true;
  }

  refuse(told) {
    this.problem(told.problem ?? Object.values(told.problems ?? {})[0] ?? "");
  }

  problem(sentence) {
    const place = this.querySelector("[data-problem]");
    if (!place) return;
    place.textContent = sentence;
    place.hidden = !sentence;
  }

  types() {
    const now = Date.now();
    if (!this.chat || now - (this.typedAt ?? 0) < TYPING_EVERY) return;
    this.typedAt = now;
    this.signal("typing");
  }

  seen() {
    if (!this.chat || document.hidden || !document.hasFocus()) return;
    clearTimeout(this.seeing);
    this.seeing = setTimeout(() => this.signal("read"), 300);
  }

  signal(what) {
    const body = new FormData();
    body.set("what", what);
    fetch(this.dataset.sign, { method: "POST", headers: this.headers(), body }).catch(() => {});
  }

  typing(on) {
    const place = this.querySelector("[data-typing]");
    place.hidden = !on;
    clearTimeout(this.typingTimer);
    if (on) this.typingTimer = setTimeout(() => this.typing(false), TYPING_FOR);
  }

  // --- the list ---

  show(said) {
    if (said.at > (this.lastAt ?? "")) {
      this.last = said.id;
      this.lastAt = said.at;
    }
    const waiting = this.shown.get(said.id);
    if (waiting && !waiting.hasAttribute("data-waiting")) return;
    const line = this.made(said);
    if (waiting) waiting.replaceWith(line);
    else this.list.append(line);
    this.shown.set(said.id, line);
    this.outgoing.drop(said.id);
    // The page around may have closed us: it marks its button with what was not seen.
    if (this.mine === "them" && said.from !== this.mine) parent.postMessage({ filo: "said", id: said.id, at: said.at }, "*");
    this.mark();
    this.down();
  }

  showWaiting(item) {
    const line = this.made({ ...item, from: this.mine, at: "", name: "", files: (item.files ?? []).map((file) => ({ name: file.name })) });
    line.setAttribute("data-waiting", "");
    this.list.append(line);
    this.shown.set(item.id, line);
    this.down();
  }

  made(said) {
    const line = document.createElement("li");
    line.className = "said-line";
    line.dataset.from = said.from;
    line.dataset.at = said.at;
    if (said.from !== this.mine && said.name) {
      const name = document.createElement("span");
      name.className = "said-name";
      name.textContent = said.name;
      line.append(name);
    }
    if (said.text) line.append(this.worded(said.text));
    for (const file of said.files ?? []) {
      const link = document.createElement(file.url ? "a" : "span");
      if (file.url) link.href = file.url;
      link.className = "said-file";
      link.textContent = file.name;
      line.append(link);
    }
    const foot = document.createElement("time");
    foot.className = "num";
    if (said.at) {
      foot.dateTime = said.at;
      foot.textContent = new Date(said.at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: this.dataset.zone });
    } else foot.textContent = this.words.sending;
    line.append(foot);
    return line;
  }

  /** A page of ours that was shown is a link with its title; everything else stands as it was written. */
  worded(said) {
    const text = document.createElement("p");
    const [, title, path] = said.match(/^([^\n]+)\n(\/p\/\S+)$/) ?? [];
    if (!path) {
      text.textContent = said;
      return text;
    }
    const link = document.createElement("a");
    link.href = path;
    link.target = "_top";
    link.textContent = title;
    text.append(link);
    return text;
  }

  down() {
    this.list.scrollTop = this.list.scrollHeight;
  }

  wasRead(at) {
    if (at > this.read) this.read = at;
    this.mark();
  }

  /** "Read" stands at one's last line that the other has read. */
  mark() {
    this.list.querySelector("[data-read]")?.removeAttribute("data-read");
    const mine = [...this.list.querySelectorAll(`.said-line[data-from="${this.mine}"]`)];
    const read = mine.filter((line) => line.dataset.at && new Date(line.dataset.at) <= new Date(this.read)).at(-1);
    if (read) read.dataset.read = this.words.read;
  }
}

customElements.define("filo-talk", Talk);
