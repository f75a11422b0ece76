// What a tree is called, for whom it is, and its texts in both languages.
export class TreeForm {
  constructor(element, drawing) {
    Object.assign(this, { element, drawing });
    element.addEventListener("submit", (event) => event.preventDefault());
    element.addEventListener("input", (event) => this.write(event.target));
  }

  show() {
    const { tree } = this.drawing;
    for (const control of this.element.elements) {
      if (!control.name) continue;
      const { language } = control.dataset;
      const now = (language ? tree.texts[language]?.[control.name] : tree[control.name]) ?? "";
      if (control.value !== now) control.value = now;
    }
  }

  write(control) {
    const { language } = control.dataset;
    this.drawing.change((tree) => {
      if (!language) {
        tree[control.name] = control.value;
        return;
      }
      const text = { title: "", intro: "", words: "", ...tree.texts[language], [control.name]: control.value };
      if (text.title || text.intro || text.words) tree.texts[language] = text;
      else delete tree.texts[language];
    }, "about");
  }
}
