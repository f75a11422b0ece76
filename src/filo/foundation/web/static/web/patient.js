// form[data-patient] is sent by this script: while nobody answers, the page says so with the words of the template in
// it, keeps what was typed and sends it again. Only for forms whose second sending does nothing (they carry a key).
const AGAIN = 1000;
const AWAY = [502, 503, 504];

async function answered(form, body) {
  for (;;) {
    try {
      const headers = { "X-Filo-Patient": "yes" };
      const answer = await fetch(form.action || location.href, { method: "POST", headers, body });
      if (!AWAY.includes(answer.status)) return { answer, text: await answer.text() };
    } catch {
      // the line is broken, or the answer broke off: it is asked again
    }
    waits(form);
    await new Promise((done) => setTimeout(done, AGAIN));
  }
}

function waits(form) {
  if (form.querySelector("[data-waits]")) return;
  const words = form.querySelector("template[data-patience]").content.cloneNode(true);
  form.append(words);
  form.querySelector("[data-waits]").scrollIntoView({ block: "nearest" });
}

/** The page that came instead, with what has to be mended. */
function show(text, form) {
  const made = new DOMParser().parseFromString(text, "text/html");
  const found = made.querySelector("main");
  if (!found) return form.submit();
  const main = document.adoptNode(found);
  document.title = made.title;
  document.querySelector("main").replaceWith(main);
  document.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: main } }));
  (main.querySelector("[aria-invalid=true]") ?? main).focus();
  scrollTo(0, 0);
  return undefined;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-patient]")) return;
  event.preventDefault();
  form.dataset.busy = "true";
  const { answer, text } = await answered(form, new FormData(form, event.submitter));
  if (answer.headers.get("Content-Type")?.includes("json")) location.assign(JSON.parse(text).to);
  else show(text, form);
});
