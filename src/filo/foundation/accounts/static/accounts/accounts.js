// Passkeys: the question comes from Filo, the device answers it, the form carries the answer back.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const listed = (found) => (found ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

/** A question as the browser wants it: bytes where JSON has text. */
function asked({ publicKey: question }) {
  const ready = { ...question, challenge: bytes(question.challenge) };
  if (question.user) ready.user = { ...question.user, id: bytes(question.user.id) };
  if (question.excludeCredentials) ready.excludeCredentials = listed(question.excludeCredentials);
  if (question.allowCredentials) ready.allowCredentials = listed(question.allowCredentials);
  return { publicKey: ready };
}

/** An answer as JSON: text where the browser has bytes. */
function told(credential) {
  const { response } = credential;
  const answer = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) answer[name] = text(response[name]);
  }
  if (response.getTransports) answer.transports = response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: answer,
  });
}

class Passkey extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential) {
      this.querySelector("button").hidden = true;
      this.querySelector("[data-missing]").hidden = false;
      return;
    }
    this.closest("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
  }

  async #send() {
    const failed = this.querySelector("[data-failed]");
    const button = this.querySelector("button");
    if (button.disabled) return;
    failed.hidden = true;
    button.disabled = true;
    try {
      const question = asked(await this.#question());
      const made = await navigator.credentials[this.dataset.kind](question);
      this.querySelector("[name=credential]").value = told(made);
      this.closest("form").submit();
    } catch {
      failed.hidden = false;
      button.disabled = false;
      button.focus();
    }
  }

  async #question() {
    const answer = await fetch(this.dataset.options, { headers: { Accept: "application/json" } });
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) location.reload(); // asks for a proof again
    return answer.json();
  }
}
customElements.define("filo-passkey", Passkey);

// What is shown only once: copy it or print it. Without this script it can still be downloaded.
class Keep extends HTMLElement {
  connectedCallback() {
    const done = this.querySelector("[data-done]");
    this.querySelector("[data-print]").addEventListener("click", () => print());
    this.querySelector("[data-copy]").addEventListener("click", async () => {
      const rows = [...document.getElementById(this.dataset.of).children].map((row) => row.textContent.trim());
      await navigator.clipboard.writeText(rows.join("\n"));
      done.textContent = done.dataset.done;
    });
  }
}
customElements.define("filo-keep", Keep);
