// The composer: two panes, texts kept ready after a slash, and what is typed is kept on the server until it is sent.
const KEPT_AFTER = 1200;

class Composer extends HTMLElement {
  connectedCallback() {
    this.leaving = [];
    this.panes = [...this.querySelectorAll("[data-pane]")];
    this.tabs = [...this.querySelectorAll("[role=tab]")];
    for (const tab of this.tabs) tab.addEventListener("click", () => this.open(tab.dataset.tab));
    for (const pane of this.panes) this.keep(pane);
    this.offer();
  }

  open(name) {
    for (const tab of this.tabs) tab.setAttribute("aria-selected", String(tab.dataset.tab === name));
    for (const pane of this.panes) pane.hidden = pane.dataset.pane !== name;
    this.querySelector(`[data-pane=${name}] textarea`)?.focus();
  }

  keep(pane) {
    const area = pane.querySelector("textarea");
    if (pane.dataset.keeps) this.keepThere(pane, area);
    area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) pane.requestSubmit(pane.querySelector("[data-kind=main]"));
    });
  }

  // So that it comes back on another machine; colleagues see that somebody is answering.
  keepThere(pane, area) {
    let timer = 0;
    let kept = area.value;
    const save = () => {
      clearTimeout(timer);
      timer = 0;
      if (area.value === kept) return;
      kept = area.value;
      const body = new URLSearchParams({ kind: pane.dataset.pane, text: kept, cc: pane.querySelector("[name=cc]")?.value ?? "" });
      const headers = { "X-CSRFToken": document.querySelector('meta[name="csrf-token"]')?.content ?? "", "X-Filo-Quiet": "1" };
      fetch(pane.dataset.keeps, { method: "POST", body, headers, keepalive: body.toString().length < 60_000 })
        .then((answer) => { if (!answer.ok) kept = null; })
        .catch(() => { kept = null; }); // it is sent again with the next letter
    };
    area.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(save, KEPT_AFTER);
      if (pane.dataset.pane === "answer") this.tellState(area.value.trim() ? "editing" : "looking");
    });
    if (pane.dataset.pane === "answer" && area.value.trim()) this.tellState("editing");
    pane.addEventListener("submit", () => { clearTimeout(timer); kept = area.value; });
    addEventListener("pagehide", save);
    this.leaving.push(() => { save(); removeEventListener("pagehide", save); });
  }

  tellState(state) {
    const place = document.querySelector(".talk [data-presence]");
    const topic = place?.dataset.live.replace(/^presence:\w+:/, `presence:${state}:`);
    if (!topic || place.dataset.live === topic) return;
    place.dataset.live = topic;
    place.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true })); // the line is told of the new topic
  }

  disconnectedCallback() {
    for (const leave of this.leaving.splice(0)) leave();
  }

  offer() {
    const list = this.querySelector(".ready-texts");
    if (!list) return;
    const area = this.querySelector("[data-pane=answer] textarea");
    const ready = [...this.querySelectorAll("[data-snippets] option")];
    const typed = () => /(^|\s)\/([\w-]*)$/.exec(area.value.slice(0, area.selectionStart));
    const put = (option) => {
      const found = typed();
      if (!found) return;
      const start = area.selectionStart - found[2].length - 1;
      area.setRangeText(option.dataset.text, start, area.selectionStart, "end");
      area.dispatchEvent(new Event("input"));
      list.hidden = true;
      area.focus();
    };
    area.addEventListener("input", () => {
      const found = typed();
      const fitting = found ? ready.filter((one) => `${one.value} ${one.label}`.toLowerCase().includes(found[2].toLowerCase())) : [];
      list.replaceChildren(...fitting.slice(0, 8).map((one, place) => this.line(one, place === 0, put)));
      list.hidden = fitting.length === 0;
    });
    area.addEventListener("keydown", (event) => this.choose(event, list));
  }

  line(option, first, put) {
    const item = document.createElement("li");
    item.role = "option";
    item.ariaSelected = String(first);
    item.textContent = `/${option.value} · ${option.label}${option.dataset.missing ? ` · ${option.dataset.missing}?` : ""}`;
    item.addEventListener("mousedown", (event) => { event.preventDefault(); put(option); });
    item.put = () => put(option);
    return item;
  }

  choose(event, list) {
    if (list.hidden) return;
    const items = [...list.children];
    const here = items.findIndex((item) => item.ariaSelected === "true");
    if (event.key === "Enter" || event.key === "Tab") { event.preventDefault(); items[here]?.put(); }
    if (event.key === "Escape") { event.stopPropagation(); list.hidden = true; }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    items[here].ariaSelected = "false";
    items[(here + step + items.length) % items.length].ariaSelected = "true";
  }
}
customElements.define("filo-composer", Composer);

// A mail's own look is fetched when somebody opens it, into a frame that may do nothing.
document.addEventListener("toggle", (event) => {
  const details = event.target;
  if (!details.matches?.("details[data-frame]") || !details.open || details.querySelector("iframe")) return;
  const frame = document.createElement("iframe");
  frame.src = details.dataset.frame;
  frame.title = details.querySelector("summary").textContent;
  frame.setAttribute("sandbox", "allow-popups allow-popups-to-escape-sandbox");
  details.append(frame);
}, true);

document.addEventListener("change", (event) => {
  if (event.target.matches?.("select[data-submits]")) event.target.form.requestSubmit();
});

// r, n, a, z and e press what stands on the page.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
  const wanted = document.querySelector(`.talk [data-hotkey="${CSS.escape(event.key)}"]`);
  if (!wanted) return;
  event.preventDefault();
  wanted.click();
});

// What was said last is what one reads first, unless the address names a message.
const said = document.querySelector(".talk .messages");
if (said && !location.hash) said.scrollTop = said.scrollHeight;
