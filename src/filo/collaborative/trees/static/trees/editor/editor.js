// Puts the page of a drawing together: the canvas, the form, the checks, the articles, saving and taking back.
import { Canvas } from "./canvas.js";
import { Drawing } from "./drawing.js";
import { NodeForm } from "./form.js";
import { isUnplaced, tidy } from "./layout.js";
import { iconButton, iconOf, make } from "./making.js";
import { Keeper } from "./saving.js";
import { TreeForm } from "./about.js";

const CHECKED_AFTER = 500;

export function open(page, data) {
  const { words } = data;
  const find = (name) => page.querySelector(`[data-${name}]`);
  const drawing = new Drawing(data.tree);
  const keeper = new Keeper(drawing, data);
  const articles = new Map(data.articles.map((one) => [one.id, one]));
  const context = { words, articles, facts: data.facts, figures: data.figures, problems: data.problems, language: document.documentElement.lang.slice(0, 2), choose, add, remove, putArticle, say };
  const canvas = new Canvas(page, drawing, context);
  context.nameOf = (node) => canvas.nameOf(node);
  const form = new NodeForm(find("node"), drawing, context);
  const about = new TreeForm(find("tree"), drawing);

  function say(name) {
    find("status").textContent = words[name] ?? name;
  }

  function choose(id, { write = false, show = false } = {}) {
    canvas.select(id, { show });
    canvas.drawEdges();
    form.show(id);
    renderPicked();
    if (write) find("node").querySelector("textarea")?.focus();
  }

  function add(kind, place = {}) {
    const beside = drawing.node(canvas.selected);
    const spot = place.x === undefined ? freeSpot(beside) : place;
    const id = drawing.add(kind, { ...spot, article: place.article });
    say("added");
    choose(id, { write: true, show: true });
  }

  function freeSpot(beside) {
    const x = beside ? beside.x + 330 : 24;
    let y = beside ? beside.y : 24;
    while (drawing.nodes.some((node) => Math.abs(node.x - x) < 250 && Math.abs(node.y - y) < 150)) y += 170;
    return { x, y };
  }

  function remove(id) {
    drawing.remove(id);
    say("removed");
    choose("");
    find("canvas").focus();
  }

  function putArticle(id, article) {
    drawing.change(() => (drawing.node(id).article = article));
    choose(id);
  }

  // --- what is shown ------------------------------------------------------------------------------------------

  function renderProblems() {
    const list = context.problems.map((problem) => {
      const text = make("span", {}, problem.sentence);
      const icon = iconOf(problem.weight === "stop" ? "circle-alert" : "info");
      if (!problem.node) return make("li", { "data-weight": problem.weight }, icon, text);
      const go = make("button", { type: "button", class: "link", onclick: () => choose(problem.node, { write: true, show: true }) }, problem.sentence);
      return make("li", { "data-weight": problem.weight }, icon, go);
    });
    find("problems").replaceChildren(...(list.length ? list : [make("li", { "data-weight": "none" }, iconOf("circle-check"), make("span", {}, words.fine))]));
    find("count").textContent = context.problems.length || "";
  }

  function renderNodes() {
    const rows = drawing.nodes.map((node) =>
      make("li", {}, make("button", { type: "button", class: "link", onclick: () => choose(node.id, { write: true, show: true }) }, `${words[node.kind]}: ${canvas.nameOf(node)}`)),
    );
    find("nodes").replaceChildren(...rows);
  }

  /** Goods are for trees of the shop assistant. */
  function showTools() {
    for (const tool of page.querySelectorAll("[data-assistant]")) tool.hidden = drawing.tree.audience !== "assistant";
  }

  let offered = [];
  function renderPicked() {
    const node = drawing.node(canvas.selected);
    const takes = node?.kind === "article";
    const rows = offered.map((article) => {
      const act = () => (takes ? putArticle(canvas.selected, article.id) : add("article", { article: article.id }));
      const row = make("li", { draggable: "true" }, make("span", {}, article.title, make("span", { class: "pick-about" }, article.about)));
      row.addEventListener("dragstart", (event) => event.dataTransfer.setData("text/filo-article", article.id));
      row.append(iconButton(`${takes ? words.pick : words.add}: ${article.title}`, takes ? "check" : "plus", act));
      return row;
    });
    find("articles").replaceChildren(...(rows.length ? rows : [make("li", { class: "muted" }, words.nothingFound)]));
  }

  function renderState() {
    const dirty = drawing.isDirty;
    find("status").textContent = words[dirty ? "unsaved" : "saved"];
    page.querySelector("[data-act=undo]").disabled = !drawing.past.length;
    page.querySelector("[data-act=redo]").disabled = !drawing.future.length;
  }

  // --- checks while one draws ---------------------------------------------------------------------------------

  let waiting = 0;
  let latest = 0;
  function checkSoon() {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const mine = (latest += 1);
      const answer = await keeper.check();
      if (answer && mine === latest) showProblems(answer);
    }, CHECKED_AFTER);
  }

  function showProblems(answer) {
    if (!answer.problems && !answer.sentences) return;
    context.problems = answer.problems ?? answer.sentences.map((sentence) => ({ node: "", sentence, weight: "stop" }));
    renderProblems();
    canvas.render();
  }

  // --- saving -------------------------------------------------------------------------------------------------

  async function save(over = null) {
    say("saving");
    const answer = await keeper.save(over);
    const conflict = find("conflict");
    conflict.hidden = answer?.status !== 412;
    if (!answer) say("offline");
    else if (answer.status === 412) {
      conflict.querySelector("[data-sentence]").textContent = answer.sentence;
      conflict.dataset.version = answer.version;
      conflict.querySelector("button").focus();
      say("unsaved");
    } else if (!answer.ok) {
      showProblems(answer);
      say(answer.sentences?.[0] ?? answer.detail ?? "offline");
    } else {
      showProblems(answer);
      if (drawing.tree.code !== answer.code) {
        drawing.tree.code = answer.code;
        about.show();
      }
      renderState();
    }
    return answer?.ok ?? false;
  }

  const publish = find("publish");
  publish?.addEventListener("submit", async (event) => {
    if (publish.dataset.ready) return;
    event.preventDefault();
    event.stopPropagation();
    if (!(await save())) return;
    publish.elements.version.value = keeper.version;
    publish.dataset.ready = "yes";
    publish.requestSubmit(event.submitter ?? publish.querySelector("button"));
  });
  window.addEventListener("beforeunload", (event) => drawing.isDirty && event.preventDefault());

  // --- acts ---------------------------------------------------------------------------------------------------

  function tidyUp() {
    const places = tidy(drawing.tree, (id) => canvas.heightOf(id));
    drawing.change((tree) => tree.nodes.forEach((node) => Object.assign(node, places.get(node.id))));
  }

  const acts = {
    undo: () => drawing.undo() && say("undone"),
    redo: () => drawing.redo() && say("redone"),
    save: () => save(),
    tidy: tidyUp,
    smaller: () => canvas.zoom(-0.15),
    larger: () => canvas.zoom(0.15),
    theirs: () => {
      drawing.keep();
      location.reload();
    },
    mine: () => save(Number(find("conflict").dataset.version)),
  };
  page.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-act], [data-new]");
    if (pressed?.dataset.act) acts[pressed.dataset.act]();
    else if (pressed) add(pressed.dataset.new);
  });
  for (const tool of page.querySelectorAll("[data-new]")) {
    tool.addEventListener("dragstart", (event) => event.dataTransfer.setData("text/filo-kind", tool.dataset.new));
  }
  document.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    const key = event.key.toLowerCase();
    const act = key === "s" ? "save" : key === "z" ? (event.shiftKey ? "redo" : "undo") : key === "y" ? "redo" : "";
    if (!act || (act !== "save" && event.target.matches("[type=search]"))) return;
    event.preventDefault();
    acts[act]();
  });

  let typing = 0;
  const pick = find("pick");
  const search = async () => {
    offered = await keeper.pick(pick.value);
    for (const article of offered) articles.set(article.id, article);
    renderPicked();
  };
  pick.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(search, 200);
  });

  drawing.onChange((key) => {
    if (!drawing.node(canvas.selected)) canvas.selected = "";
    canvas.render();
    if (!key.startsWith("typed-")) form.show(canvas.selected);
    if (key !== "about") about.show();
    else form.show(canvas.selected);
    showTools();
    renderNodes();
    renderState();
    checkSoon();
  });

  canvas.render();
  if (isUnplaced(drawing.tree)) {
    const places = tidy(drawing.tree, (id) => canvas.heightOf(id));
    drawing.nodes.forEach((node) => Object.assign(node, places.get(node.id)));
    drawing.keep();
    canvas.place();
  }
  about.show();
  showTools();
  form.show("");
  renderProblems();
  renderNodes();
  renderState();
  search();
  if (!Object.keys(drawing.tree.texts).length) find("about").open = true;
}
