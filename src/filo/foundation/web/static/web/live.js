// One WebSocket a page: [data-live="topic"] gets `filo:changed` (which does not bubble) when what it shows has
// changed, and fetches itself anew: hx-trigger="filo:changed". data-live-kinds="facts timeline" narrows it to these.
// <meta name="filo-line"> names another line than that of colleagues. <meta name="filo-page"> names the page, which need not hear of its own changes; <meta name="filo-since"> says
// which message it was rendered after. When the line is down for over five seconds, the page asks every five.
const FORBIDDEN = 4403;
const SIGNED_OUT = 4401;
const POLL_EVERY = 5000;
const SILENT_AFTER = 60000;
const LONGEST_PAUSE = 30000;
const AT_FIRST = 20; // tries within about half a minute: a server that was started again is found within seconds
const FIRST_PAUSE = 1500;
const MOST_TOPICS = 200;
const TOGETHER = 50;

const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";
const words = (text) => (text ?? "").split(" ").filter(Boolean);
const elements = () => [...document.querySelectorAll("[data-live]")];
const page = meta("filo-page");
let line = meta("filo-line") || "/ws/live";

let socket = null;
let last = Number.parseInt(meta("filo-since"), 10) || null;
let heardOf = new Set();
let attempts = 0;
let pollTimer = 0;
let silenceTimer = 0;
let retryTimer = 0;
const waiting = new Map();

const topics = () => [...new Set(elements().flatMap((element) => words(element.dataset.live)))].slice(0, MOST_TOPICS);

/** Tell the elements, each once for what comes together. */
function tell(chosen, message) {
  if (!waiting.size) setTimeout(flush, TOGETHER);
  for (const element of chosen) waiting.set(element, message);
}

function flush() {
  const told = [...waiting];
  waiting.clear();
  for (const [element, detail] of told) {
    const now = element.isConnected ? element : document.getElementById(element.id); // it was fetched anew meanwhile
    if (now?.classList.contains("htmx-request")) tell([now], detail); // what it is fetching may be older than this
    else now?.dispatchEvent(new CustomEvent("filo:changed", { detail }));
  }
}

const concerns = (element, { topic, kind }) =>
  words(element.dataset.live).includes(topic) &&
  (!element.dataset.liveKinds || words(element.dataset.liveKinds).includes(kind));

function hear(message) {
  clearTimeout(silenceTimer);
  silenceTimer = setTimeout(() => socket?.close(), SILENT_AFTER);
  if (message.kind === "ping") return socket.send('{"pong":true}');
  if (message.id) last = Math.max(last ?? 0, message.id);
  if (message.topic) document.dispatchEvent(new CustomEvent("filo:heard", { detail: message }));
  if (message.kind === "listening") return rest();
  if (message.kind === "reset") return tell(elements(), message);
  if (page && message.data.by === page) return undefined;
  return tell(elements().filter((element) => concerns(element, message)), message);
}

/** The line is up: ask no more by hand. */
function rest() {
  document.dispatchEvent(new CustomEvent("filo:line", { detail: { up: true } }));
  askNoMore();
}

function askNoMore() {
  attempts = 0;
  clearInterval(pollTimer);
  pollTimer = 0;
}

function poll() {
  if (!document.hidden) tell(elements(), { kind: "poll", data: {} });
}

function listen(since) {
  heardOf = new Set(topics());
  socket.send(JSON.stringify({ listen: [...heardOf], since }));
}

function connect() {
  clearTimeout(retryTimer);
  if (socket || !topics().length) return;
  const opened = new WebSocket(`${location.origin.replace(/^http/, "ws")}${line}`);
  socket = opened;
  opened.addEventListener("open", () => listen(last));
  opened.addEventListener("message", (event) => hear(JSON.parse(event.data)));
  opened.addEventListener("close", (event) => lost(event.code));
}

function lost(code) {
  socket = null;
  clearTimeout(silenceTimer);
  if (code === SIGNED_OUT || code === FORBIDDEN) {
    askNoMore();
    document.dispatchEvent(new CustomEvent("filo:signed-out"));
    return;
  }
  document.dispatchEvent(new CustomEvent("filo:line", { detail: { up: false } }));
  pollTimer ||= setInterval(poll, POLL_EVERY);
  attempts += 1;
  const most = attempts < AT_FIRST ? FIRST_PAUSE : LONGEST_PAUSE;
  retryTimer = setTimeout(connect, Math.min(500 * 2 ** (attempts - 1), most) * (0.5 + Math.random() / 2));
}

/** Hear from now on over another line, with the secret that a frame elsewhere holds; what was heard is kept. */
export function dial(path) {
  line = path;
  if (socket) socket.close();
  else connect();
}

/** New elements came with htmx: hear of their topics too. */
export function register() {
  if (!socket) connect();
  else if (socket.readyState === WebSocket.OPEN && topics().some((topic) => !heardOf.has(topic))) listen(null);
}

document.addEventListener("htmx:load", register);
document.addEventListener("htmx:configRequest", (event) => {
  if (page) event.detail.headers["X-Filo-Page"] = page;
});
window.addEventListener("online", () => {
  if (pollTimer) connect();
});
window.addEventListener("pagehide", () => socket?.close());
window.addEventListener("pageshow", (event) => {
  if (event.persisted) connect();
});
connect();
