// The drawing as it is seen: nodes that can be dragged, and lines that are drawn from an answer to a node.
// Whatever is done here with a pointer can be done in the form beside it, and with the keys of a node.
import { said, waysOf } from "./drawing.js";
import { iconOf, make } from "./making.js";

const ICONS = { question: "circle-help", article: "book-open", message: "message-circle", action: "user-round", goods: "shopping-bag" };
const STEP = 20;

export class Canvas {
  constructor(page, drawing, context) {
    Object.assign(this, { drawing, context, scale: 1, boxes: new Map(), selected: "" });
    this.canvas = page.querySelector("[data-canvas]");
    this.sheet = page.querySelector("[data-sheet]");
    this.edges = page.querySelector("[data-edges]");
    this.canvas.addEventListener("pointerdown", (event) => this.onPointer(event));
    this.canvas.addEventListener("keydown", (event) => this.onKey(event));
    this.canvas.addEventListener("focusin", (event) => this.onFocus(event));
    this.canvas.addEventListener("dragover", (event) => this.onDragOver(event));
    this.canvas.addEventListener("drop", (event) => this.onDrop(event));
    this.canvas.addEventListener("dragleave", () => this.mark(null));
  }

  heightOf(id) {
    return this.boxes.get(id)?.offsetHeight ?? 120;
  }

  zoom(by) {
    this.scale = Math.min(1.25, Math.max(0.4, this.scale + by));
    this.sheet.style.transform = `scale(${this.scale})`;
  }

  select(id, { show = false } = {}) {
    this.selected = id;
    for (const [other, box] of this.boxes) box.toggleAttribute("data-selected", other === id);
    if (show) this.boxes.get(id)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  render() {
    const { tree } = this.drawing;
    const here = new Set(tree.nodes.map((node) => node.id));
    for (const [id, box] of this.boxes) {
      if (here.has(id)) continue;
      box.remove();
      this.boxes.delete(id);
    }
    for (const node of tree.nodes) this.renderNode(node);
    this.select(this.selected);
    this.place();
  }

  renderNode(node) {
    let box = this.boxes.get(node.id);
    if (!box) {
      box = make("div", { class: "dnode", tabindex: "0", role: "button" });
      box.dataset.id = node.id;
      this.boxes.set(node.id, box);
      this.sheet.append(box);
    }
    const { words, language, problems, figures, articles } = this.context;
    const name = this.nameOf(node);
    const starts = this.drawing.tree.start === node.id;
    const faults = problems.filter((one) => one.node === node.id && one.weight === "stop").length;
    const head = make("p", { class: "dnode-head" }, iconOf(ICONS[node.kind]), words[node.kind]);
    if (starts) head.append(make("span", { class: "badge" }, words.begins));
    if (faults) head.append(make("span", { class: "badge push", "data-mean": "bad" }, iconOf("circle-alert"), String(faults)));
    const article = node.kind === "article" ? articles.get(node.article) : null;
    const body = make("p", { class: "dnode-text" }, name);
    if (article && said(node.text, language)) body.append(make("b", {}, article.title));
    const parts = [head, body];
    if (node.kind === "question") {
      const list = make("ul", { class: "dnode-ways" });
      for (const answer of node.answers ?? []) list.append(this.wayOf(answer.id, said(answer.text, language) || answer.value || "…", answer.to));
      if (node.fills) list.append(this.wayOf("", words.others, node.next));
      parts.push(list);
    } else if (node.kind !== "action" && node.kind !== "goods") {
      parts.push(make("ul", { class: "dnode-ways" }, this.wayOf("", node.next ? words.goesOn : words.ends, node.next)));
    }
    const [came, stayed] = figures[node.id] ?? [];
    if (came) parts.push(make("p", { class: "dnode-figures num" }, `${words.came}: ${came}`, stayed ? ` · ${words.stayed}: ${stayed}` : ""));
    box.replaceChildren(...parts);
    box.setAttribute("aria-label", `${words[node.kind]}: ${name}`);
    box.dataset.kind = node.kind;
    box.toggleAttribute("data-faulty", faults > 0);
  }

  wayOf(answerId, text, to) {
    const row = make("li", {}, make("span", {}, text));
    const port = make("span", { class: "dnode-port", "aria-hidden": "true" });
    port.dataset.answer = answerId;
    port.toggleAttribute("data-loose", !to);
    row.append(port);
    return row;
  }

  nameOf(node) {
    const { words, language, articles } = this.context;
    return said(node.text, language) || articles.get(node.article)?.title || words.untitled;
  }

  /** Boxes where they stand, lines between them, and a sheet that holds them all. */
  place() {
    let [right, bottom] = [0, 0];
    for (const node of this.drawing.nodes) {
      const box = this.boxes.get(node.id);
      box.style.translate = `${node.x}px ${node.y}px`;
      right = Math.max(right, node.x + box.offsetWidth);
      bottom = Math.max(bottom, node.y + box.offsetHeight);
    }
    this.sheet.style.inlineSize = `${right + 200}px`;
    this.sheet.style.blockSize = `${bottom + 200}px`;
    this.drawEdges();
  }

  drawEdges(loose = null) {
    const paths = [];
    for (const node of this.drawing.nodes) {
      for (const [answerId, to] of waysOf(node)) {
        const target = this.drawing.node(to);
        if (!target) continue;
        const path = curve(this.portAt(node, answerId), { x: target.x, y: target.y + 20 });
        path.toggleAttribute("data-selected", [node.id, to].includes(this.selected));
        paths.push(path);
      }
    }
    if (loose) paths.push(curve(loose.from, loose.to));
    this.edges.replaceChildren(...paths);
  }

  portAt(node, answerId) {
    const box = this.boxes.get(node.id);
    const row = [...box.querySelectorAll("[data-answer]")].find((one) => one.dataset.answer === answerId)?.parentElement;
    return { x: node.x + box.offsetWidth, y: node.y + (row ? row.offsetTop + row.offsetHeight / 2 : 20) };
  }

  /** A point of the screen on the sheet. */
  pointOf(event) {
    const frame = this.sheet.getBoundingClientRect();
    return { x: (event.clientX - frame.left) / this.scale, y: (event.clientY - frame.top) / this.scale };
  }

  // --- the pointer ------------------------------------------------------------------------------------------

  onPointer(event) {
    if (event.button !== 0) return;
    const port = event.target.closest(".dnode-port");
    const box = event.target.closest(".dnode");
    if (port) this.drawLine(event, box.dataset.id, port.dataset.answer);
    else if (box) this.drag(event, box.dataset.id);
    else this.pan(event);
  }

  follow(event, { move, done }) {
    const { pointerId } = event;
    this.canvas.setPointerCapture(pointerId);
    const ended = new AbortController();
    const { signal } = ended;
    this.canvas.addEventListener("pointermove", (one) => one.pointerId === pointerId && move(one), { signal });
    for (const type of ["pointerup", "pointercancel"]) {
      this.canvas.addEventListener(type, (one) => {
        if (one.pointerId !== pointerId) return;
        ended.abort();
        done(one, type === "pointerup");
      }, { signal });
    }
  }

  drag(event, id) {
    const node = this.drawing.node(id);
    const box = this.boxes.get(id);
    const from = this.pointOf(event);
    const began = { x: node.x, y: node.y };
    let moved = false;
    const whither = (one) => {
      const now = this.pointOf(one);
      return { x: Math.max(0, began.x + now.x - from.x), y: Math.max(0, began.y + now.y - from.y) };
    };
    this.follow(event, {
      move: (one) => {
        const place = whither(one);
        if (!moved && Math.hypot(place.x - began.x, place.y - began.y) < 4) return;
        moved = true;
        Object.assign(node, place);
        box.style.translate = `${place.x}px ${place.y}px`;
        box.toggleAttribute("data-dragged", true);
        this.drawEdges();
      },
      done: (one, whole) => {
        box.toggleAttribute("data-dragged", false);
        Object.assign(node, began);
        if (moved && whole) this.drawing.move(id, whither(one).x, whither(one).y);
        else if (whole) this.context.choose(id);
        this.place();
        box.focus({ preventScroll: true });
      },
    });
  }

  drawLine(event, id, answerId) {
    event.preventDefault();
    const from = this.portAt(this.drawing.node(id), answerId);
    this.follow(event, {
      move: (one) => {
        this.mark(this.boxUnder(one, id));
        this.drawEdges({ from, to: this.pointOf(one) });
      },
      done: (one, whole) => {
        const box = this.boxUnder(one, id);
        this.mark(null);
        if (whole && box) {
          this.drawing.connect(id, answerId, box.dataset.id);
          this.context.say("connected");
        }
        this.drawEdges();
      },
    });
  }

  pan(event) {
    if (event.pointerType === "touch") return; // a finger scrolls by itself
    const from = { x: event.clientX + this.canvas.scrollLeft, y: event.clientY + this.canvas.scrollTop };
    this.follow(event, {
      move: (one) => this.canvas.scrollTo(from.x - one.clientX, from.y - one.clientY),
      done: () => {},
    });
  }

  boxUnder(event, butFor) {
    const box = document.elementFromPoint(event.clientX, event.clientY)?.closest(".dnode");
    return box && box.dataset.id !== butFor ? box : null;
  }

  mark(box) {
    for (const one of this.boxes.values()) one.toggleAttribute("data-over", one === box);
  }

  // --- what is dragged onto it: a kind of node, an article ---------------------------------------------------

  onDragOver(event) {
    const types = [...event.dataTransfer.types];
    if (!types.includes("text/filo-kind") && !types.includes("text/filo-article")) return;
    event.preventDefault();
    this.mark(types.includes("text/filo-article") ? event.target.closest(".dnode[data-kind=article]") : null);
  }

  onDrop(event) {
    const kind = event.dataTransfer.getData("text/filo-kind");
    const article = event.dataTransfer.getData("text/filo-article");
    if (!kind && !article) return;
    event.preventDefault();
    const over = event.target.closest(".dnode[data-kind=article]");
    this.mark(null);
    if (article && over) this.context.putArticle(over.dataset.id, article);
    else this.context.add(kind || "article", { ...this.pointOf(event), article });
  }

  // --- the keys ----------------------------------------------------------------------------------------------

  onFocus(event) {
    const box = event.target.closest(".dnode");
    if (box && box.matches(":focus-visible") && box.dataset.id !== this.selected) this.context.choose(box.dataset.id);
  }

  onKey(event) {
    const id = event.target.closest(".dnode")?.dataset.id;
    if (!id || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key];
    if (by) {
      const node = this.drawing.node(id);
      this.drawing.move(id, node.x + by[0], node.y + by[1], `move-${id}`);
      this.boxes.get(id).scrollIntoView({ block: "nearest", inline: "nearest" });
    } else if (event.key === "Enter" || event.key === " ") this.context.choose(id, { write: true });
    else if (event.key === "Delete" || event.key === "Backspace") this.context.remove(id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

function curve(from, to) {
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const bend = Math.max(40, Math.abs(to.x - from.x) / 2);
  path.setAttribute("d", `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`);
  return path;
}
