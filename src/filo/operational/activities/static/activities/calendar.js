// <filo-calendar>: puts items where their minutes say, moves them by pointer or Alt+arrows (Shift makes them longer),
// and opens a new appointment where an empty place is pressed. Without it the calendar is a list, day by day.
import htmx from "htmx.org";

const STEP = 15;
const BUSY_FROM = 7 * 60;
const BUSY_TO = 20 * 60;
const FIRST_SEEN = 7;
const DRAG_AFTER = 5;
const two = (number) => String(number).padStart(2, "0");
const clock = (minute) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
const snapped = (minute) => Math.round(minute / STEP) * STEP;

/** A day and a minute, also past midnight, as the clock on the wall says it. */
function wall(day, minute) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCMinutes(minute);
  return date.toISOString().slice(0, 16);
}

const dayAfter = (day, days) => wall(day, days * 24 * 60).slice(0, 10);

class Calendar extends HTMLElement {
  #drag = null;

  connectedCallback() {
    this.#place();
    this.#line();
    const grid = this.querySelector(".cal");
    if (grid) grid.scrollTop = (this.querySelector(".cal-day")?.scrollHeight ?? 0) * (FIRST_SEEN / 24);
    this.addEventListener("pointerdown", (event) => this.#down(event));
    this.addEventListener("click", (event) => this.#click(event), { capture: true });
    this.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("dragstart", (event) => event.preventDefault());
  }

  #place() {
    for (const slot of this.querySelectorAll(".cal-slot")) this.#set(slot, Number(slot.dataset.minute), Number(slot.dataset.minutes));
    for (const busy of this.querySelectorAll(".busy > i")) {
      const from = Math.max(BUSY_FROM, Number(busy.dataset.minute));
      const to = Math.min(BUSY_TO, Number(busy.dataset.minute) + Number(busy.dataset.minutes));
      busy.hidden = to <= from;
      busy.style.insetInlineStart = `${((from - BUSY_FROM) / (BUSY_TO - BUSY_FROM)) * 100}%`;
      busy.style.inlineSize = `${((to - from) / (BUSY_TO - BUSY_FROM)) * 100}%`;
    }
    this.toggleAttribute("data-placed", true);
  }

  #set(slot, minute, minutes) {
    const lanes = Number(slot.dataset.lanes);
    slot.style.insetBlockStart = `${(minute / 1440) * 100}%`;
    slot.style.blockSize = `${(Math.min(minutes, 1440 - minute) / 1440) * 100}%`;
    slot.style.insetInlineStart = `${(Number(slot.dataset.lane) / lanes) * 100}%`;
    slot.style.inlineSize = `${100 / lanes}%`;
  }

  /** Where it is now. */
  #line() {
    const today = this.querySelector(".cal-day[data-today]");
    const [, hours, minutes] = /T(\d\d):(\d\d)/.exec(this.dataset.now) ?? [];
    if (!today || !hours) return;
    const line = document.createElement("li");
    line.className = "cal-now";
    line.ariaHidden = "true";
    line.style.insetBlockStart = `${((Number(hours) * 60 + Number(minutes)) / 1440) * 100}%`;
    today.append(line);
  }

  #down(event) {
    const item = event.target.closest(".cal-item[data-moves]");
    if (!item || event.button !== 0 || event.pointerType === "touch") return;
    const slot = item.closest(".cal-slot");
    const sizing = slot && item.hasAttribute("data-sizes") && item.getBoundingClientRect().bottom - event.clientY < 8;
    this.#drag = { item, slot, sizing, x: event.clientX, y: event.clientY, moved: false };
    const move = (each) => this.#moved(each);
    const up = (each) => {
      document.removeEventListener("pointermove", move);
      this.#up(each);
    };
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", up, { once: true });
  }

  #moved(event) {
    const drag = this.#drag;
    if (!drag) return;
    if (!drag.moved && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < DRAG_AFTER) return;
    drag.moved = true;
    drag.item.toggleAttribute("data-dragged", true);
    const target = document.elementsFromPoint(event.clientX, event.clientY).find((one) => one.matches?.("[data-day]"));
    if (target && this.contains(target) && !drag.sizing) drag.day = target.dataset.day;
    if (!drag.slot) {
      if (drag.day) for (const one of this.querySelectorAll("[data-day]")) one.toggleAttribute("data-target", one.dataset.day === drag.day);
      return;
    }
    const column = drag.slot.parentElement.getBoundingClientRect();
    const minute = Number(drag.slot.dataset.minute);
    const minutes = Number(drag.slot.dataset.minutes);
    const distance = snapped(((event.clientY - drag.y) / column.height) * 1440);
    if (drag.sizing) drag.minutes = Math.max(STEP, minutes + distance);
    else {
      drag.minute = Math.min(1440 - STEP, Math.max(0, minute + distance));
      const home = this.querySelector(`.cal-day[data-day="${drag.day}"]`);
      if (home && home !== drag.slot.parentElement) home.append(drag.slot);
    }
    this.#set(drag.slot, drag.minute ?? minute, drag.minutes ?? minutes);
  }

  #up() {
    const drag = this.#drag;
    this.#drag = null;
    if (!drag?.moved) return;
    this.justMoved = true;
    setTimeout(() => (this.justMoved = false));
    const { item, slot } = drag;
    const from = item.closest("[data-day]").dataset.day;
    if (!slot) return this.#send(item, drag.day ?? from, 0, 1440);
    return this.#send(item, drag.day ?? from, drag.minute ?? Number(slot.dataset.minute), drag.minutes ?? Number(slot.dataset.minutes));
  }

  #send(item, day, minute, minutes) {
    const values = {
      source: item.dataset.source,
      id: item.dataset.id,
      occurrence: item.dataset.occurrence,
      all_day: item.dataset.allDay,
      starts: wall(day, minute),
      ends: wall(day, minute + minutes),
    };
    htmx.ajax("POST", this.dataset.move, { values, target: this, swap: "none" }).catch(() => location.reload());
  }

  #click(event) {
    if (this.justMoved) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const link = event.target.closest('.cal-item[data-source="appointments"]');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      this.#open(link.getAttribute("href"));
      return;
    }
    if (!this.dataset.new || event.target.closest("a, button")) return;
    const day = event.target.closest(".cal-day, .cal-cell");
    if (!day) return;
    const address = new URL(this.dataset.new, location.href);
    address.searchParams.set("day", day.dataset.day);
    if (day.matches(".cal-day")) {
      const box = day.getBoundingClientRect();
      const minute = Math.min(1410, Math.floor((((event.clientY - box.top) / box.height) * 1440) / 30) * 30);
      address.searchParams.set("at", clock(minute));
      address.searchParams.set("to", clock(Math.min(minute + 60, 1439)));
    }
    this.#open(address.pathname + address.search);
  }

  #open(address) {
    htmx.ajax("GET", address, { target: "#calendar-panel", swap: "innerHTML" });
  }

  #key(event) {
    const item = event.target.closest?.(".cal-item[data-moves]");
    const arrow = { ArrowUp: [0, -STEP], ArrowDown: [0, STEP], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
    if (!item || !arrow || !event.altKey) return;
    event.preventDefault();
    const [days, distance] = arrow;
    const day = dayAfter(item.closest("[data-day]").dataset.day, days);
    const slot = item.closest(".cal-slot");
    if (!slot) return days && this.#send(item, day, 0, 1440);
    const minute = Number(slot.dataset.minute);
    const minutes = Number(slot.dataset.minutes);
    if (event.shiftKey && item.hasAttribute("data-sizes")) return this.#send(item, day, minute, Math.max(STEP, minutes + distance));
    return this.#send(item, day, Math.max(0, minute + distance), minutes);
  }
}
customElements.define("filo-calendar", Calendar);
