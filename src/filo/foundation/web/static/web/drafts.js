// Nothing typed is lost: form[data-draft="key"] keeps its fields in this browser until they have been sent.
// The key should name the person too; form[data-forgets-drafts] (signing out) removes them all.
const prefix = "filo:draft:";
const sentKey = "filo:sent";

const keyOf = (form) => prefix + form.dataset.draft;
const fieldsOf = (form) =>
  [...form.elements].filter(
    (field) => field.name && field.matches("textarea, select, input:not([type=hidden], [type=password], [type=file], [type=submit])"),
  );
const isChoice = (field) => field.matches("[type=checkbox], [type=radio]");

function changed(field) {
  if (isChoice(field)) return field.checked !== field.defaultChecked;
  if (field.matches("select")) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.value !== field.defaultValue;
}

function attempt(action) {
  try {
    return action();
  } catch {
    return null; // storage is full or switched off: the page works without drafts
  }
}

function keep(form) {
  const values = fieldsOf(form)
    .filter(changed)
    .map((field) => [field.name, isChoice(field) ? field.value : null, isChoice(field) ? field.checked : field.value]);
  attempt(() =>
    values.length ? localStorage.setItem(keyOf(form), JSON.stringify(values)) : localStorage.removeItem(keyOf(form)),
  );
}

function restore(form) {
  if (form.dataset.restored) return;
  form.dataset.restored = "true";
  const values = attempt(() => JSON.parse(localStorage.getItem(keyOf(form)) ?? "[]")) ?? [];
  for (const [name, choice, value] of values) {
    const field = fieldsOf(form).find((each) => each.name === name && (choice === null || each.value === choice));
    if (!field || changed(field)) continue;
    if (choice === null) field.value = value;
    else field.checked = value;
  }
}

const forget = (key) => attempt(() => localStorage.removeItem(key));

function forgetAll() {
  attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(prefix)).forEach(forget));
}

// A plain form leaves the page. Its draft goes when the next page has come, so that a broken line loses nothing.
const sent = attempt(() => sessionStorage.getItem(sentKey));
if (sent) {
  forget(sent);
  attempt(() => sessionStorage.removeItem(sentKey));
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.dataset.draft) keep(form);
});
document.addEventListener("submit", (event) => {
  if ([event.target, event.submitter].some((one) => one?.matches("[data-forgets-drafts]"))) forgetAll();
  if (event.target.dataset.draft && !event.defaultPrevented) attempt(() => sessionStorage.setItem(sentKey, keyOf(event.target)));
});
// Before the swap: the form that comes in its place must not find the draft of what has just been kept.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { requestConfig, xhr } = event.detail;
  const form = requestConfig?.elt?.closest?.("form[data-draft]");
  if (form && requestConfig.verb !== "get" && xhr.status < 400) forget(keyOf(form));
});
document.addEventListener("htmx:load", (event) => event.target.querySelectorAll?.("form[data-draft]").forEach(restore));
document.querySelectorAll("form[data-draft]").forEach(restore);
