// The form beside the drawing: all of a node without dragging. It is made anew when another node is chosen or
// something else changed the node, never while one types in it.
import { said } from "./drawing.js";
import { fillField, filterField, valueField } from "./filling.js";
import { button, iconButton, make } from "./making.js";

const LANGUAGES = ["it", "en"];

export class NodeForm {
  constructor(element, drawing, context) {
    Object.assign(this, { element, drawing, context, id: "" });
    element.addEventListener("submit", (event) => event.preventDefault());
  }

  show(id) {
    this.id = id;
    const focused = this.element.contains(document.activeElement) ? document.activeElement.id : "";
    const node = this.drawing.node(id);
    const { words } = this.context;
    if (!node) {
      this.element.replaceChildren(make("p", { class: "muted" }, words.chooseNode));
      return;
    }
    const what = { question: words.ask, article: words.before }[node.kind] ?? words.tell;
    const parts = [make("p", { class: "muted small" }, words[node.kind]), ...this.texts(node, what)];
    if (this.isForAssistant && node.kind === "question") parts.push(fillField(this, node));
    if (node.kind === "question") parts.push(this.answers(node));
    if (node.kind === "question" && node.fills) parts.push(this.target("n-next", words.others, node.next ?? "", words.nowhere, (to) => this.lead("", to)));
    if (node.kind === "goods") parts.push(filterField(this, node));
    if (node.kind === "article") parts.push(this.article(node));
    if (node.kind === "action") parts.push(this.action(node));
    if (node.kind === "article" || node.kind === "message") {
      parts.push(this.target("n-next", words.goesOn, node.next ?? "", words.ends, (to) => this.lead("", to)));
    }
    const starts = this.drawing.tree.start === id;
    parts.push(
      make(
        "p",
        { class: "acts" },
        starts ? make("span", { class: "badge" }, words.begins) : button(words.beginHere, "log-in", () => this.drawing.change((tree) => (tree.start = id)), { id: "n-start" }),
        button(words.removeNode, "trash-2", () => this.context.remove(id), { "data-kind": "danger" }),
      ),
    );
    this.element.replaceChildren(...parts);
    if (focused) document.getElementById(focused)?.focus();
  }

  get isForAssistant() {
    return this.drawing.tree.audience === "assistant";
  }

  texts(node, label) {
    return LANGUAGES.map((language) => {
      const area = make("textarea", { id: `n-text-${language}`, rows: "3", maxlength: "4000", lang: language });
      area.value = node.text[language] ?? "";
      area.addEventListener("input", () => this.write(`text-${language}`, (one) => put(one.text, language, area.value)));
      return field(area, `${label} · ${this.context.words[language]}`);
    });
  }

  answers(node) {
    const { words } = this.context;
    const list = make("ol", { class: "answers" });
    (node.answers ?? []).forEach((answer, index) => list.append(this.answer(node, answer, index)));
    const add = button(words.addAnswer, "plus", () => this.drawing.addAnswer(node.id), { id: "n-add", disabled: node.answers?.length >= 12 });
    return make("fieldset", { class: "form" }, make("legend", {}, words.answers), list, make("p", {}, add));
  }

  answer(node, answer, index) {
    const { words } = this.context;
    const inputs = LANGUAGES.map((language) => {
      const label = `${words.answer} ${index + 1} · ${words[language]}`;
      const input = make("input", { id: `n-${answer.id}-${language}`, maxlength: "200", lang: language, "aria-label": label, placeholder: words[language] });
      input.value = answer.text[language] ?? "";
      const text = () => this.write(`${answer.id}-${language}`, (one) => put(one.answers.find((way) => way.id === answer.id).text, language, input.value));
      input.addEventListener("input", text);
      return input;
    });
    const name = said(answer.text, this.context.language) || `${words.answer} ${index + 1}`;
    const target = this.select(`n-${answer.id}-to`, answer.to, words.nowhere, (to) => this.lead(answer.id, to));
    target.setAttribute("aria-label", `${name}: ${words.leadsTo}`);
    const act = (label, icon, what, off, id) => iconButton(`${label}: ${name}`, icon, what, { disabled: off, id });
    return make(
      "li",
      {},
      ...inputs,
      node.fills ? valueField(this, node, answer, index) : "",
      target,
      make(
        "span",
        { class: "acts" },
        act(words.up, "arrow-up", () => this.drawing.moveAnswer(node.id, answer.id, -1), index === 0, `n-${answer.id}-up`),
        act(words.down, "arrow-down", () => this.drawing.moveAnswer(node.id, answer.id, 1), index === node.answers.length - 1, `n-${answer.id}-down`),
        act(words.remove, "x", () => this.drawing.removeAnswer(node.id, answer.id), false, `n-${answer.id}-x`),
      ),
    );
  }

  article(node) {
    const { words, articles } = this.context;
    const known = articles.get(node.article);
    const told = known ? make("a", { href: known.url, target: "_blank", rel: "noopener" }, known.title) : make("span", { class: "muted" }, words.noArticle);
    return make("div", { class: "field" }, make("span", { class: "label small" }, words.picked), told);
  }

  action(node) {
    const { words } = this.context;
    const select = make("select", { id: "n-action" }, ...["person", "ticket"].map((code) => make("option", { value: code, selected: node.action === code }, words[code])));
    select.addEventListener("change", () => this.drawing.change(() => (this.drawing.node(this.id).action = select.value)));
    return field(select, words.what);
  }

  target(id, label, chosen, none, act) {
    return field(this.select(id, chosen, none, act), label);
  }

  select(id, chosen, none, act) {
    const { words, nameOf } = this.context;
    const others = this.drawing.nodes.filter((node) => node.id !== this.id);
    const select = make(
      "select",
      { id },
      make("option", { value: "" }, none),
      ...others.map((node) => make("option", { value: node.id, selected: node.id === chosen }, `${words[node.kind]}: ${nameOf(node)}`.slice(0, 90))),
      make("option", { value: "+" }, `+ ${words.makeNew}`),
    );
    select.addEventListener("change", () => act(select.value));
    return select;
  }

  lead(answerId, to) {
    if (to !== "+") return this.drawing.connect(this.id, answerId, to);
    const here = this.drawing.node(this.id);
    const from = this.id;
    const made = this.drawing.add("question", { x: here.x + 330, y: here.y + 40 });
    this.drawing.connect(from, answerId, made);
    return undefined;
  }

  write(key, act) {
    this.drawing.change(() => act(this.drawing.node(this.id)), `typed-${this.id}-${key}`);
  }
}

function put(text, language, value) {
  if (value) text[language] = value;
  else delete text[language];
}

export function field(control, label) {
  return make("div", { class: "field" }, make("label", { for: control.id }, label), control);
}
