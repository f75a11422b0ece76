// How it stands with the talk, in the customer's frame: who is there, that he will be called, that it is over. It is
// asked anew now and then, soon where nobody is there, and at once when the frame is opened.
const SELDOM = 20000;
const SOON = 5000;

/** Ask from now on; Escape closes the frame, what opens it brings the cursor into the field. */
export function keepAsking(talk) {
  const ask = async () => {
    if (!document.hidden) await talk.catchUp();
    setTimeout(ask, talk.alone ? SOON : SELDOM);
  };
  ask();
  window.addEventListener("message", ({ source, data }) => {
    if (source !== parent || data?.filo !== "opened") return;
    talk.catchUp();
    if (!talk.form.hidden && !matchMedia("(pointer: coarse)").matches) talk.text.focus();
  });
  talk.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) parent.postMessage({ filo: "close" }, "*");
  });
}

/** What the answer of the server means for who looks at the frame. */
export function tellStanding(talk, now) {
  talk.alone = !now.there && (!now.chat || now.state === "waiting");
  talk.ending.hidden = !now.chat || now.state === "ended";
  const about = talk.querySelector("[data-about]");
  if (about) {
    about.hidden = Boolean(now.chat) && now.state !== "ended";
    talk.form.elements.address.required = !now.there;
    about.querySelector("[data-if-liked]").hidden = !now.there;
  }
  const called = talk.querySelector("[data-call-comes]");
  called.hidden = !now.call;
  called.querySelector("span").textContent = talk.words.called.replace("%s", now.call ?? "");
  if (now.operator) talk.querySelector("[data-who]").textContent = now.operator;
  talk.querySelector("[data-state]").textContent = sentence(talk.words, now);
}

function sentence(words, { chat, state, operator, number, there, wait }) {
  if (operator) return words.open;
  if (state === "ended") return `${words.ended} ${number ? words.number.replace("%s", number) : ""}`;
  if (!chat) return there ? words.there : words.nobody;
  if (!there) return words.offline;
  return wait > 90 ? words.waitingLong.replace("%s", Math.round(wait / 60)) : words.waiting;
}
