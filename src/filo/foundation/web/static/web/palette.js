// The palette: Ctrl-K from anywhere. It offers commands and customers while one types, and, as long as nothing is
// typed, what can be done on the open card and what was used last. This browser keeps ids of these and nothing else,
// for each person; signing out forgets them.
import { suggestions } from "./suggestions.js";

const MOST = 6;
const prefix = "filo:recent:";
const form = document.querySelector("form[data-palette]");
const box = form?.querySelector('input[type="search"]');
const list = form?.querySelector('[role="listbox"]');

function attempt(action) {
  try {
    return action();
  } catch {
    return null; // storage is full or switched off: nothing is remembered
  }
}

const kept = () => attempt(() => JSON.parse(localStorage.getItem(prefix + form.dataset.person))) ?? {};

function remember(kind, id) {
  if (!form.dataset.person || !id) return;
  const found = kept();
  found[kind] = [id, ...(found[kind] ?? []).filter((other) => other !== id)].slice(0, MOST);
  attempt(() => localStorage.setItem(prefix + form.dataset.person, JSON.stringify(found)));
}

function addressFor(words) {
  const url = new URL(form.dataset.palette, location.href);
  url.searchParams.set("q", words);
  if (form.dataset.about) url.searchParams.set("about", form.dataset.about);
  if (!words) for (const [kind, ids] of Object.entries(kept())) for (const id of ids) url.searchParams.append(kind, id);
  return url;
}

if (box) {
  const offered = suggestions(box, list, { addressFor, picksFirst: true });
  box.addEventListener("focus", () => {
    if (list.hidden && !box.value) offered.askSoon(0);
  });
  box.addEventListener("input", () => {
    if (list.querySelector("[data-at-rest]")) list.hidden = true; // what was there before the first letter
  });
  list.addEventListener("click", (event) => {
    const option = event.target.closest('[role="option"]');
    if (!option) return;
    remember("command", option.dataset.command);
    if (option.dataset.types) {
      event.preventDefault();
      box.value = option.dataset.types;
      box.focus();
      offered.askSoon(0);
      return;
    }
    offered.close();
    box.blur();
    if (!option.matches("[data-keeps]")) box.value = "";
  });
  form.addEventListener("submit", () => offered.close());
  remember("party", form.dataset.about.replace(/^party:/, ""));
}

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || !box) return;
  event.preventDefault();
  document.querySelector("dialog:modal")?.close();
  box.focus();
  box.select();
});

document.addEventListener("submit", (event) => {
  if (![event.target, event.submitter].some((one) => one?.matches("[data-forgets-drafts]"))) return;
  attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(prefix)).forEach((key) => localStorage.removeItem(key)));
});

// <filo-choose>: the same box, to put the id of what was chosen into a form.
class Choose extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector('input[type="search"]');
    const hidden = this.querySelector('input[type="hidden"]');
    const listbox = this.querySelector('[role="listbox"]');
    const offered = suggestions(input, listbox, { addressFor: (words) => this.#addressFor(words) });
    input.addEventListener("input", () => (hidden.value = ""));
    listbox.addEventListener("click", (event) => {
      const option = event.target.closest("[data-choose]");
      if (!option) return;
      event.preventDefault();
      hidden.value = option.dataset.choose;
      input.value = option.dataset.name;
      offered.close();
    });
  }

  #addressFor(words) {
    if (words.length < 2) return null;
    const url = new URL(this.dataset.suggest, location.href);
    url.searchParams.set("q", words);
    return url;
  }
}
customElements.define("filo-choose", Choose);
