// Matching by keys: y accepts the line under the cursor, n leaves it aside, j and k go on.
const typing = (element) => element.closest("input:not([type=checkbox]), textarea, select");

document.addEventListener("keydown", (event) => {
  const form = document.querySelector("[data-matching]");
  if (!form || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  const lines = [...form.querySelectorAll("[data-line]")];
  const at = Math.max(0, lines.findIndex((line) => line.hasAttribute("aria-current")));
  const press = (selector) => lines[at]?.querySelector(selector)?.click();
  const go = (to) => {
    const next = lines[Math.min(lines.length - 1, Math.max(0, to))];
    lines.forEach((line) => line.removeAttribute("aria-current"));
    next?.setAttribute("aria-current", "true");
    next?.querySelector("input, button, a")?.focus();
  };
  if (event.key === "y") press("[data-yes]");
  else if (event.key === "n") press("[data-no]");
  else if (event.key === "j") go(lines.some((line) => line.hasAttribute("aria-current")) ? at + 1 : 0);
  else if (event.key === "k") go(at - 1);
  else return;
  event.preventDefault();
});
