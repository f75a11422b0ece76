// Elements, with their attributes and what stands in them; texts are texts, never markup.
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

/** An icon of the sprite that the page's other icons come from. */
export function iconOf(name) {
  const use = document.querySelector("svg.icon use");
  const sprite = (use?.getAttribute("href") ?? "").split("#")[0];
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "use");
  drawn.setAttribute("href", `${sprite}#${name}`);
  svg.append(drawn);
  return svg;
}

export function button(label, icon, act, attributes = {}) {
  return make("button", { type: "button", class: "btn", "data-size": "s", onclick: act, ...attributes }, iconOf(icon), label);
}

export function iconButton(label, icon, act, attributes = {}) {
  return make(
    "button",
    { type: "button", class: "btn", "data-kind": "icon", "data-size": "s", "aria-label": label, title: label, onclick: act, ...attributes },
    iconOf(icon),
  );
}
