// Left and right go to the day before and after, where a page has them: a[rel=prev], a[rel=next].
import { orders } from "../../../../foundation/web/static/web/keys.js";

const WAYS = { ArrowLeft: "prev", ArrowRight: "next" };

document.addEventListener("keydown", (event) => {
  const way = WAYS[event.key];
  if (!way || event.shiftKey || !orders(event) || event.target.closest?.("[role=tablist], [role=grid], .scroll")) return;
  const link = document.querySelector(`main a[rel="${way}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
