// A box that offers what fits while one types: arrows and Enter choose, Escape leaves. One request for each pause in
// typing; an answer to older words is thrown away. `addressFor(words)` says where to ask, or null for nothing.
const WAIT = 140;

export function suggestions(input, list, { addressFor, picksFirst = false }) {
  let timer = 0;
  let asking = null;
  let wantsFirst = false;
  const options = () => [...list.querySelectorAll('[role="option"]')];
  const chosen = () => options().find((option) => option.getAttribute("aria-selected") === "true");

  function close() {
    stop();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function stop() {
    clearTimeout(timer);
    timer = 0;
    asking?.abort();
    asking = null;
    wantsFirst = false;
  }
  function choose(option) {
    for (const other of options()) other.setAttribute("aria-selected", String(other === option));
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }
  async function ask() {
    const address = addressFor(input.value.trim());
    if (!address) return close();
    const mine = (asking = new AbortController());
    const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal: mine.signal });
    if (answer.status === 401) return location.reload(); // signed out: to the door and back here
    const text = answer.ok ? await answer.text() : "";
    if (mine !== asking) return undefined;
    asking = null;
    show(text);
  }
  function show(text) {
    list.innerHTML = text;
    list.hidden = !text.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    const first = options()[0];
    if (picksFirst) choose(first);
    if (!wantsFirst) return;
    wantsFirst = false;
    if (first) first.click();
    else input.form?.requestSubmit();
  }
  function askSoon(pause = WAIT) {
    const wanted = wantsFirst;
    stop();
    wantsFirst = wanted;
    timer = setTimeout(() => {
      timer = 0;
      ask().catch((error) => error.name === "AbortError" || close());
    }, pause);
  }
  function enter(event) {
    const option = chosen();
    if (timer || asking) {
      if (!picksFirst) return;
      event.preventDefault();
      wantsFirst = true; // as soon as the answer to these words is here
    } else if (option && !list.hidden) {
      event.preventDefault();
      option.click();
    }
  }

  input.addEventListener("input", () => askSoon());
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return undefined;
    if (event.key === "Escape") return list.hidden ? input.blur() : close();
    if (event.key === "Enter") return enter(event);
    if (event.key === "Tab") return close();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = options();
    if (!step) return undefined;
    event.preventDefault();
    if (list.hidden) return askSoon(0);
    const here = all.indexOf(chosen());
    if (all.length) choose(all[here < 0 && step < 0 ? all.length - 1 : (here + step + all.length) % all.length]);
    return undefined;
  });
  document.addEventListener("click", (event) => {
    if (!list.contains(event.target) && event.target !== input) close();
  });
  return { close, askSoon };
}
