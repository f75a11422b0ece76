// Keeping a drawing: what was saved by somebody else meanwhile is never overwritten unseen.
const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

async function send(address, body) {
  const response = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token(), Accept: "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  return { status: response.status, ok: response.ok, ...answer };
}

export class Keeper {
  constructor(drawing, data) {
    Object.assign(this, { drawing, data, version: data.version });
  }

  /** Save; gives what the server says, or null when it does not answer. `over` is another's version to save over. */
  async save(over = null) {
    const sent = structuredClone(this.drawing.tree);
    try {
      const answer = await send(this.data.save, { version: over ?? this.version, tree: sent });
      if (answer.ok) {
        this.version = answer.version;
        sent.code = answer.code;
        this.drawing.keep(sent);
      }
      return answer;
    } catch {
      return null;
    }
  }

  /** What has to be mended; null when the server does not answer. */
  async check() {
    try {
      return await send(this.data.check, { tree: this.drawing.tree });
    } catch {
      return null;
    }
  }

  async pick(text) {
    try {
      const response = await fetch(`${this.data.pick}?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } });
      return response.ok ? (await response.json()).articles : [];
    } catch {
      return [];
    }
  }
}
