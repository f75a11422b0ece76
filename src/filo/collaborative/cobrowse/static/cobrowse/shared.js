// A form that two fill in: what one types appears on the other side, field by field, while the other is not in it.
const AFTER = 250;
const csrf = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

class Shared extends HTMLElement {
  connectedCallback() {
    this.timers = new Map();
    this.addEventListener("input", ({ target }) => this.typed(target));
    this.addEventListener("change", ({ target }) => this.typed(target, 0));
    this.hearing = ({ detail }) => this.hear(detail);
    document.addEventListener("filo:heard", this.hearing);
  }

  disconnectedCallback() {
    document.removeEventListener("filo:heard", this.hearing);
  }

  typed(field, after = AFTER) {
    if (!field.name) return;
    clearTimeout(this.timers.get(field.name));
    this.timers.set(field.name, setTimeout(() => this.send(field), after));
  }

  async send(field) {
    const value = field.type === "checkbox" && !field.checked ? "" : field.value;
    const body = new URLSearchParams({ name: field.name, value });
    const answer = await fetch(this.dataset.field, { method: "POST", headers: { "X-CSRFToken": csrf() }, body }).catch(() => null);
    if (!answer) this.timers.set(field.name, setTimeout(() => this.send(field), 2000));
  }

  hear({ topic, kind, data }) {
    if (kind !== "field" || data.form !== this.dataset.form || !this.dataset.live.includes(topic)) return;
    if (data.side === this.dataset.side) return;
    const field = this.querySelector(`[name="${CSS.escape(data.name)}"]`);
    if (!field) return;
    if (field.type === "checkbox") field.checked = Boolean(data.value);
    else if (field.value === data.value) return;
    else field.value = data.value;
    field.setAttribute("data-written", "");
    setTimeout(() => field.removeAttribute("data-written"), 1500);
  }
}

customElements.define("filo-shared", Shared);
