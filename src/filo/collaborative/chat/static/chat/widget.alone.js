// The one script for any site: a button in a corner; the talk is loaded in a frame when it is pressed.
const KEPT = "filo-visitor-key";
const SIZE = "position:fixed;z-index:2147483000;inset-block-end:1rem;inset-inline-end:1rem;";

/** told: the frame's address, our origin, the words in both languages. */
export function show({ frame, origin, words }) {
  const language = (document.documentElement.lang || navigator.language || "it").startsWith("en") ? "en" : "it";
  const said = words[language];
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = said.open;
  button.style.cssText = `${SIZE}padding:.75rem 1.125rem;border:0;border-radius:99rem;background:#1f2430;color:#fff;font:600 .9375rem/1.2 system-ui,sans-serif;box-shadow:0 8px 24px rgb(0 0 0/.18);cursor:pointer`;
  document.body.append(button);
  let opened = null;
  const unread = new Set(); // what was said while it was closed
  const mark = () => (button.textContent = unread.size ? `${said.open} (${unread.size})` : said.open);
  const toggle = (open) => {
    if (open && !opened) {
      opened = document.createElement("iframe");
      opened.title = said.chat;
      opened.src = `${frame}?language=${language}`;
      opened.style.cssText = `${SIZE}inline-size:min(24rem,calc(100vw - 2rem));block-size:min(36rem,calc(100vh - 2rem));border:1px solid rgb(0 0 0/.15);border-radius:.75rem;background:#fff;box-shadow:0 8px 24px rgb(0 0 0/.18)`;
      opened.addEventListener("load", () => opened.hidden || opened.contentWindow.postMessage({ filo: "opened" }, origin));
      document.body.append(opened);
    } else if (open) opened.contentWindow.postMessage({ filo: "opened" }, origin);
    if (opened) opened.hidden = !open;
    button.hidden = open;
    if (open) unread.clear();
    mark();
    (open ? opened : button)?.focus();
  };
  button.addEventListener("click", () => toggle(true));
  window.addEventListener("message", ({ data, origin: from }) => {
    if (from !== origin || !data) return;
    if (data.filo === "close") toggle(false);
    // What a frame may not keep in this browser is kept here: who wrote, for as long as the tab is open.
    if (data.filo === "keep") sessionStorage.setItem(KEPT, data.key);
    if (data.filo === "who" && sessionStorage.getItem(KEPT)) opened.contentWindow.postMessage({ filo: "key", key: sessionStorage.getItem(KEPT) }, origin);
    if (data.filo === "said" && opened?.hidden) {
      unread.add(data.id);
      mark();
    }
    if (data.filo === "show" && typeof data.url === "string") {
      const target = new URL(data.url, location.href);
      if (["http:", "https:"].includes(target.protocol) && target.origin === location.origin) location.assign(target);
    }
  });
}
