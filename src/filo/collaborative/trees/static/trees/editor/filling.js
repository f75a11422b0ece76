// What a tree of the shop assistant has besides: the fact that a question fills, and the list that goods are taken from.
import { field } from "./form.js";
import { make } from "./making.js";

/** Which fact of the profile or attribute of the catalogue a question fills. */
export function fillField(form, node) {
  const { words, facts } = form.context;
  const option = (one) => make("option", { value: one.code, selected: one.code === node.fills }, one.label);
  const group = (label, list) => (list.length ? make("optgroup", { label }, ...list.map(option)) : "");
  const known = [...facts.profile, ...facts.catalogue].some((one) => one.code === node.fills);
  const select = make(
    "select",
    { id: "n-fills" },
    make("option", { value: "" }, words.fillsNothing),
    node.fills && !known ? option({ code: node.fills, label: node.fills }) : "",
    group(words.ofProfile, facts.profile),
    group(words.ofCatalogue, facts.catalogue),
  );
  select.addEventListener("change", () => form.drawing.change(() => fill(form.drawing.node(node.id), select.value)));
  return field(select, words.fills);
}

function fill(node, code) {
  node.fills = code;
  for (const answer of node.answers ?? []) delete answer.value;
  if (!code) node.next = "";
}

/** For which value of the fact an answer stands. */
export function valueField(form, node, answer, index) {
  const { words, facts } = form.context;
  const id = `n-${answer.id}-value`;
  const label = `${words.answer} ${index + 1} · ${words.value}`;
  const kind = facts.profile.find((one) => one.code === node.fills);
  const control = kind
    ? make("select", { id, "aria-label": label }, make("option", { value: "" }, words.value), ...kind.values.map(([code, name]) => make("option", { value: code, selected: code === answer.value }, name)))
    : make("input", { id, "aria-label": label, placeholder: words.value, maxlength: "120", value: answer.value ?? "" });
  const write = () => form.write(`${answer.id}-value`, (one) => (one.answers.find((way) => way.id === answer.id).value = control.value));
  control.addEventListener(kind ? "change" : "input", write);
  return control;
}

/** What the goods are: what stands in the address of a list of the shop. */
export function filterField(form, node) {
  const input = make("input", { id: "n-filter", maxlength: "500", placeholder: "cat=Maglieria&a=fibre:naturali", value: node.filter ?? "" });
  input.addEventListener("input", () => form.write("filter", (one) => (one.filter = input.value)));
  return field(input, form.context.words.filter);
}
