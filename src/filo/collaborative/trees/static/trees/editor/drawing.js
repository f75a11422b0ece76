// The drawing itself: the tree as JSON, every act on it, and the way back. Nothing here knows of the page.
const MOST_BACK = 200;
const GATHERED = 1200; // typing on within so many ms is one act

export class Drawing {
  constructor(tree) {
    this.tree = structuredClone(tree);
    this.past = [];
    this.future = [];
    this.listeners = [];
    this.gathering = { key: "", at: 0 };
    this.kept = JSON.stringify(tree);
  }

  get nodes() {
    return this.tree.nodes;
  }

  node(id) {
    return this.tree.nodes.find((one) => one.id === id);
  }

  get isDirty() {
    return JSON.stringify(this.tree) !== this.kept;
  }

  /** What stands now is what the server has. */
  keep(tree = this.tree) {
    this.kept = JSON.stringify(tree);
  }

  onChange(listener) {
    this.listeners.push(listener);
  }

  /** One act. Acts with the same key one shortly after the other, as while somebody types, are taken back as one. */
  change(act, key = "") {
    const before = JSON.stringify(this.tree);
    act(this.tree);
    if (JSON.stringify(this.tree) === before) return;
    const now = Date.now();
    const gathered = key && key === this.gathering.key && now - this.gathering.at < GATHERED;
    if (!gathered) this.past = [...this.past.slice(-MOST_BACK), before];
    this.future = [];
    this.gathering = { key, at: now };
    this.tell(key);
  }

  undo() {
    return this.step(this.past, this.future);
  }

  redo() {
    return this.step(this.future, this.past);
  }

  step(from, to) {
    if (!from.length) return false;
    to.push(JSON.stringify(this.tree));
    this.tree = JSON.parse(from.pop());
    this.gathering = { key: "", at: 0 };
    this.tell("");
    return true;
  }

  tell(key) {
    for (const listener of this.listeners) listener(key);
  }

  // --- acts -------------------------------------------------------------------------------------------------

  add(kind, { x, y, article = "" } = {}) {
    const id = this.freeId(kind[0]);
    const node = { id, kind, text: {}, x: Math.round(x ?? 40), y: Math.round(y ?? 40) };
    if (kind === "question") node.answers = [this.freshAnswer([]), this.freshAnswer([{ id: "a1" }])];
    if (kind === "goods") node.filter = "";
    if (kind === "action") node.action = "person";
    if (article) node.article = article;
    this.change((tree) => {
      tree.nodes.push(node);
      if (!tree.nodes.some((one) => one.id === tree.start)) tree.start = id;
    });
    return id;
  }

  remove(id) {
    this.change((tree) => {
      tree.nodes = tree.nodes.filter((one) => one.id !== id);
      for (const node of tree.nodes) {
        if (node.next === id) node.next = "";
        for (const answer of node.answers ?? []) if (answer.to === id) answer.to = "";
      }
      if (tree.start === id) tree.start = "";
    });
  }

  move(id, x, y, key = "") {
    this.change(() => Object.assign(this.node(id), { x: Math.round(Math.max(0, x)), y: Math.round(Math.max(0, y)) }), key);
  }

  /** From an answer of a node (or past the node, without one) to another node. */
  connect(id, answerId, to) {
    if (id === to) return;
    this.change(() => {
      const node = this.node(id);
      if (answerId) node.answers.find((one) => one.id === answerId).to = to;
      else node.next = to;
    });
  }

  addAnswer(id) {
    this.change(() => {
      const node = this.node(id);
      node.answers = [...(node.answers ?? []), this.freshAnswer(node.answers ?? [])];
    });
  }

  removeAnswer(id, answerId) {
    this.change(() => {
      const node = this.node(id);
      node.answers = node.answers.filter((one) => one.id !== answerId);
    });
  }

  moveAnswer(id, answerId, by) {
    this.change(() => {
      const { answers } = this.node(id);
      const from = answers.findIndex((one) => one.id === answerId);
      const to = from + by;
      if (to < 0 || to >= answers.length) return;
      [answers[from], answers[to]] = [answers[to], answers[from]];
    });
  }

  freshAnswer(answers) {
    let number = 1;
    while (answers.some((one) => one.id === `a${number}`)) number += 1;
    return { id: `a${number}`, text: {}, to: "" };
  }

  freeId(letter) {
    let number = 1;
    while (this.node(`${letter}${number}`)) number += 1;
    return `${letter}${number}`;
  }
}

/** The ways on from a node: [answer or "", node]. */
export function waysOf(node) {
  const answers = (node.answers ?? []).map((answer) => [answer.id, answer.to]);
  const on = [["", node.next ?? ""]];
  if (node.kind === "question") return node.fills ? [...answers, ...on] : answers;
  return node.kind === "action" || node.kind === "goods" ? [] : on;
}

/** What a node or an answer says, in the language of the page where it has it. */
export const said = (text, language) => text?.[language] || text?.it || text?.en || "";
