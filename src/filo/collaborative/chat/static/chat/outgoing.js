// What one says and that is not kept yet: tried again until it is, also after the page was loaded anew.
const PAUSES = [500, 1000, 1000, 1500, 1500, 2000, 5000];

export class Outgoing {
  /** name: under which it is kept in this tab; send(item) gives true when it is done, false to try again. */
  constructor(name, send) {
    this.name = name;
    this.send = send;
    this.tries = 0;
    this.running = false;
    this.items = this.kept();
  }

  kept() {
    try {
      return JSON.parse(sessionStorage.getItem(this.name) ?? "[]");
    } catch {
      return [];
    }
  }

  keep() {
    try {
      sessionStorage.setItem(this.name, JSON.stringify(this.items.filter((one) => !one.files)));
    } catch {
      // a browser that keeps nothing: what is said is then lost with the page alone
    }
  }

  put(item) {
    this.items.push(item);
    this.keep();
    this.run();
  }

  drop(id) {
    this.items = this.items.filter((one) => one.id !== id);
    this.keep();
  }

  /** One after the other, in order. */
  async run() {
    if (this.running) return;
    this.running = true;
    clearTimeout(this.timer);
    while (this.items.length) {
      const item = this.items[0];
      let done = false;
      try {
        done = await this.send(item);
      } catch {
        done = false;
      }
      if (!done) {
        this.timer = setTimeout(() => this.run(), PAUSES[Math.min(this.tries, PAUSES.length - 1)]);
        this.tries += 1;
        break;
      }
      this.tries = 0;
      this.drop(item.id);
    }
    this.running = false;
  }
}
