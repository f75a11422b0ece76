import "./browser.js";

// A notice whose link is followed is read: a[data-reads="address"]. The page goes away meanwhile, perhaps in a tunnel:
// what the server has not confirmed is said again by the next page of this tab.
const KEPT = "filo-reads";
const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";
const unsaid = () => JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
const keep = (addresses) => sessionStorage.setItem(KEPT, JSON.stringify(addresses.slice(-50)));

async function say(address) {
  keep([...unsaid().filter((one) => one !== address), address]);
  const headers = { "X-CSRFToken": token(), "X-Filo-Quiet": "1" };
  const answer = await fetch(address, { method: "POST", headers, keepalive: true }).catch(() => null);
  if (answer?.status === 204 || answer?.status === 404) keep(unsaid().filter((one) => one !== address)); // or it is gone
}

function read(event) {
  const link = event.target.closest?.("a[data-reads]");
  if (!link || event.button > 1) return;
  say(link.dataset.reads);
  link.removeAttribute("data-reads");
}

// A page that was opened by a notice in the browser says which: it is read now.
function readOfAddress() {
  const found = location.hash.match(/^#notice=([0-9a-f-]{36})$/);
  if (!found) return;
  say(`/notices/${found[1]}/read`);
  history.replaceState(history.state, "", location.pathname + location.search);
}
if (document.getElementById("bell")) {
  unsaid().forEach(say);
  readOfAddress();
}
document.addEventListener("click", read);
document.addEventListener("auxclick", read);

// Who else is here: [data-presence] hears who looks and who edits, and tells it in its own words.
function told(place, people) {
  const names = (state) => [...new Set(people.filter((one) => one[2] === state).map((one) => one[1]))];
  const editing = names("editing");
  const looking = names("looking").filter((name) => !editing.includes(name));
  const say = (words, found) =>
    found.length ? place.dataset[found.length > 1 ? `${words}Many` : words].replace("{names}", found.join(", ")) : "";
  return { editing, text: [say("editing", editing), say("looking", looking)].filter(Boolean).join(" · ") };
}

function hear(event) {
  const place = event.target;
  if (!place.matches?.("[data-presence]")) return;
  if (event.detail.kind !== "presence" && event.detail.kind !== "poll") return;
  const people = event.detail.kind === "poll" ? [] : JSON.parse(event.detail.data.here); // the line is down: nobody knows
  const { editing, text } = told(place, people.filter((one) => one[0] !== place.dataset.me));
  place.textContent = text;
  place.hidden = !text;
  place.dataset.state = editing.length ? "editing" : "looking";
}
document.addEventListener("filo:changed", hear, true);
