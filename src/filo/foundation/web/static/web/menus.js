// Drop-down menus: <details class="menu"> closes on a click outside and on Escape; arrows walk through it.
const open = () => [...document.querySelectorAll("details.menu[open]")];
const items = (menu) => [...menu.querySelectorAll(".menu-items :is(a[href], button, input):not(:disabled)")];

document.addEventListener("click", (event) => {
  for (const menu of open()) {
    const inside = menu.contains(event.target);
    if (!inside || event.target.closest(".menu-items :is(a, button):not([data-stays], filo-choose *)")) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details.menu[open]");
  if (event.key === "Escape") {
    for (const each of open()) each.open = false;
    menu?.querySelector("summary").focus();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!menu || !step || event.target.matches("select, textarea, filo-choose *")) return; // what is offered walks by itself
  const all = items(menu);
  if (!all.length) return;
  event.preventDefault();
  const here = all.indexOf(document.activeElement);
  const next = here < 0 && step < 0 ? all.length - 1 : (here + step + all.length) % all.length;
  all[next].focus();
});
