// The editor of a quote: articles are offered while one types, Enter goes to the next line, Alt with an arrow moves one,
// rows of a sheet can be pasted, and the draft is saved as one writes. Without this script the form is a plain one.
import { suggestions } from "../../../../foundation/web/static/web/suggestions.js";

const PAUSE = 900;

class FiloQuote extends HTMLElement {
  #timer = 0;
  #saving = null;
  #again = false;

  connectedCallback() {
    this.form = this.querySelector("form");
    this.body = this.querySelector("[data-lines]");
    for (const row of this.#rows()) this.#equip(row);
    this.addEventListener("input", (event) => event.target.name && this.#saveSoon());
    this.addEventListener("change", () => this.#saveSoon());
    this.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("paste", (event) => this.#paste(event));
    this.form.addEventListener("submit", () => clearTimeout(this.#timer));
  }
  disconnectedCallback() {
    clearTimeout(this.#timer);
  }
  #rows() {
    return [...this.body.querySelectorAll("[data-line]")];
  }
  #field(row, name) {
    return row.querySelector(`[name="${name}"]`);
  }
  #add(after) {
    const row = this.querySelector("template[data-blank]").content.firstElementChild.cloneNode(true);
    if (after) after.after(row);
    else this.body.append(row);
    this.#equip(row);
    return row;
  }
  #equip(row) {
    const input = this.#field(row, "what");
    const list = row.querySelector(".suggestions");
    suggestions(input, list, {
      addressFor: (words) =>
        words.length > 1 && this.#field(row, "kind").value !== "heading"
          ? `${this.dataset.articles}?q=${encodeURIComponent(words)}`
          : null,
      picksFirst: false,
    });
    input.addEventListener("input", () => {
      // other words: it is not that article any more, unless only its description was changed after it was chosen
      if (!input.value) this.#field(row, "variant").value = "";
    });
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[data-variant]");
      if (!option) return;
      this.#field(row, "variant").value = option.dataset.variant;
      row.querySelector("[data-code]").textContent = option.dataset.code;
      input.value = option.dataset.what;
      this.#field(row, "unit_price").placeholder = option.dataset.price;
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      this.#field(row, "quantity").focus();
      if (row === this.#rows().at(-1)) this.#add();
      this.#saveSoon();
    });
  }
  #key(event) {
    const row = event.target.closest?.("[data-line]");
    if (!row || event.isComposing || event.defaultPrevented) return;
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      const other = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
      if (other && event.key === "ArrowUp") other.before(row);
      else if (other) other.after(row);
      event.target.focus();
      this.#saveSoon();
    } else if (event.key === "Enter" && event.target.tagName === "INPUT") {
      event.preventDefault();
      const next = row.nextElementSibling ?? this.#add(row);
      this.#field(next, "what").focus();
    }
  }
  #paste(event) {
    const row = event.target.closest?.("[data-line]");
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!row || event.target.name !== "what" || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    let at = row;
    for (const line of text.trim().split(/\r?\n/).slice(0, 500)) {
      const [what, quantity = "", price = ""] = line.split(/\t|;/).map((cell) => cell.trim());
      if (!what) continue;
      if (this.#field(at, "what").value) at = this.#add(at);
      this.#field(at, "what").value = what;
      this.#field(at, "quantity").value = quantity;
      this.#field(at, "unit_price").value = price;
    }
    this.#add(at);
    this.#saveSoon(0);
  }
  #saveSoon(pause = PAUSE) {
    clearTimeout(this.#timer);
    this.#say(this.dataset.saving);
    this.#timer = setTimeout(() => this.#save(), pause);
  }
  async #save() {
    if (this.#saving) {
      this.#again = true; // after the answer, whose version the next one needs
      return;
    }
    const sent = this.#rows().filter((row) => this.#field(row, "what").value.trim() || this.#field(row, "variant").value);
    const body = new FormData(this.form);
    body.set("quietly", "1");
    try {
      this.#saving = fetch(this.form.action, { method: "POST", body });
      const answer = await this.#saving;
      const told = await answer.json();
      if (answer.ok) this.#saved(sent, told);
      else this.#refused(sent, told);
    } catch {
      this.#say(this.dataset.unsaved);
    } finally {
      this.#saving = null;
      if (this.#again) {
        this.#again = false;
        this.#saveSoon(0);
      }
    }
  }
  #saved(sent, told) {
    this.form.querySelector('[name="version"]').value = told.version;
    told.rows.forEach((kept, place) => {
      const row = sent[place];
      if (!row) return;
      this.#field(row, "id").value = kept.id;
      this.#field(row, "variant").value = kept.variant;
      row.querySelector("[data-code]").textContent = kept.code;
      const what = this.#field(row, "what");
      if (what !== document.activeElement && kept.what) what.value = kept.what;
      this.#field(row, "unit_price").placeholder = kept.price;
      this.#field(row, "discounts").placeholder = kept.discounts;
      row.querySelector("[data-amount]").textContent = kept.amount;
      row.querySelector("[data-problem]").textContent = "";
    });
    this.querySelector("[data-sums]").innerHTML = told.sums;
    this.#say(this.dataset.saved);
    document.body.dispatchEvent(new CustomEvent("quote:saved"));
  }
  #refused(sent, told) {
    sent.forEach((row, place) => {
      const problems = Object.values(told.problems?.[place] ?? {});
      row.querySelector("[data-problem]").textContent = problems.join(" ");
    });
    this.#say([this.dataset.unsaved, ...(told.others ?? [])].join(": "));
  }
  #say(words) {
    this.querySelector("[data-status]").textContent = words;
  }
}
customElements.define("filo-quote", FiloQuote);

// A signature is drawn with finger, pen or mouse; where the pen went is sent, and the picture is made by the server.
class FiloSign extends HTMLElement {
  connectedCallback() {
    const canvas = this.querySelector("canvas");
    const field = this.querySelector('[name="strokes"]');
    const clear = this.querySelector("[data-clear]");
    const pen = canvas.getContext("2d");
    let strokes = [];
    let stroke = null;
    canvas.hidden = clear.hidden = false;
    const place = (event) => {
      const box = canvas.getBoundingClientRect();
      const x = Math.round(((event.clientX - box.left) / box.width) * canvas.width);
      const y = Math.round(((event.clientY - box.top) / box.height) * canvas.height);
      return [Math.max(0, Math.min(599, x)), Math.max(0, Math.min(199, y))];
    };
    canvas.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      canvas.setPointerCapture(event.pointerId);
      stroke = [place(event)];
      strokes.push(stroke);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!stroke) return;
      const [x, y] = place(event);
      const [fromX, fromY] = stroke.at(-1);
      if (Math.abs(x - fromX) + Math.abs(y - fromY) < 2) return;
      stroke.push([x, y]);
      pen.lineWidth = 3;
      pen.lineCap = "round";
      pen.strokeStyle = "#202020";
      pen.beginPath();
      pen.moveTo(fromX, fromY);
      pen.lineTo(x, y);
      pen.stroke();
    });
    const end = () => {
      stroke = null;
      field.value = strokes.map((one) => one.map((point) => point.join(",")).join(" ")).join(";");
    };
    canvas.addEventListener("pointerup", end);
    canvas.addEventListener("pointercancel", end);
    clear.addEventListener("click", () => {
      strokes = [];
      pen.clearRect(0, 0, canvas.width, canvas.height);
      end();
    });
  }
}
customElements.define("filo-sign", FiloSign);

// Opened by a person: programs that open the links of mails run no scripts.
const page = document.querySelector("[data-seen]");
if (page) {
  const token = page.querySelector('[name="csrfmiddlewaretoken"]')?.value ?? "";
  fetch(page.dataset.seen, { method: "POST", headers: { "X-CSRFToken": token }, keepalive: true });
}
