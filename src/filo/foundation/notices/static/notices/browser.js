// "Notices in this browser": asks for the permission, subscribes, and hands the form what the browser gave.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

class NoticesHere extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!("serviceWorker" in navigator && "PushManager" in window)) return this.#say("missing");
    if (Notification.permission === "denied") return this.#say("denied");
    this.form.hidden = false;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#subscribe();
    });
    this.#mark();
  }

  #say(word) {
    for (const place of this.querySelectorAll("[data-says]")) place.hidden = place.dataset.says !== word;
    if (word === "missing" || word === "denied") this.form.hidden = true;
  }

  /** Which of the browsers in the list is this one. */
  async #mark() {
    const registration = await navigator.serviceWorker.getRegistration("/");
    const found = await registration?.pushManager.getSubscription();
    if (!found) return;
    const name = [...new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(found.endpoint)))];
    const mark = name.map((one) => one.toString(16).padStart(2, "0")).join("");
    const row = this.querySelector(`[data-browser="${mark}"]`);
    if (!row) return;
    row.querySelector("[data-this]").hidden = false;
    row.querySelector("form").addEventListener("submit", () => found.unsubscribe());
    this.form.hidden = true;
  }

  async #subscribe() {
    const button = this.form.querySelector("button");
    button.disabled = true;
    try {
      if ((await Notification.requestPermission()) !== "granted") return this.#say("denied");
      await navigator.serviceWorker.register(this.dataset.worker, { scope: "/" });
      const { pushManager } = await navigator.serviceWorker.ready;
      await (await pushManager.getSubscription())?.unsubscribe(); // it may be of another key, or another person
      const asked = await fetch(this.dataset.key, { method: "POST", headers: { "X-CSRFToken": token() } });
      const { key } = await asked.json();
      const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
      const { endpoint, keys } = made.toJSON();
      for (const [name, value] of Object.entries({ endpoint, ...keys })) {
        const field = this.form.elements.namedItem(name);
        if (field) field.value = value;
      }
      this.form.submit();
    } catch {
      this.#say("failed");
    } finally {
      button.disabled = false;
    }
  }
}
customElements.define("filo-notices-here", NoticesHere);
