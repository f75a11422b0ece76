// The customer asks to be called: the number and that he agrees go where a first line goes, and stand among what is said.
export function callMe(talk) {
  const [button, form] = [talk.querySelector("[data-calling]"), talk.querySelector("[data-call-me]")];
  if (!button) return;
  const problem = form.querySelector("[data-call-problem]");
  const show = (shown) => {
    button.setAttribute("aria-expanded", String(shown));
    form.hidden = !shown;
    talk.form.hidden = shown;
    problem.hidden = true;
    const [name, said] = [form.elements.name, talk.form.elements.name];
    if (shown && name && said) name.value ||= said.value;
    (shown ? (name?.value === "" ? name : form.elements.number) : talk.text).focus();
  };
  const refuse = (sentence) => {
    problem.textContent = sentence;
    problem.hidden = false;
  };
  button.addEventListener("click", () => show(form.hidden));
  form.querySelector("[data-not]").addEventListener("click", () => show(false));
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    show(false);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!form.checkValidity()) return form.reportValidity();
    const body = new FormData(form);
    body.set("id", (form.dataset.asked ??= talk.newId()));
    talk.describe(body, true);
    if (form.elements.name?.value) body.set("name", form.elements.name.value);
    try {
      const answer = await fetch(talk.dataset.call, { method: "POST", headers: talk.headers(), body });
      const told = await answer.json();
      if (!answer.ok) return refuse(told.problem ?? told.detail ?? Object.values(told.problems ?? {})[0] ?? talk.words.unsent);
      delete form.dataset.asked;
      form.reset();
      show(false);
      talk.remember(told.key);
      talk.standing(told);
    } catch {
      refuse(talk.words.down);
    }
    return undefined;
  });
}
