// Where nodes stand when nobody has placed them: step by step from left to right, near to what leads to them.
import { waysOf } from "./drawing.js";

const WIDE = 330;
const GAP = 36;

/** Places by id; `heightOf(id)` says how tall a node is. */
export function tidy(tree, heightOf) {
  const layers = [];
  const layerOf = new Map();
  const known = new Map(tree.nodes.map((node) => [node.id, node]));
  const put = (id, layer) => {
    layerOf.set(id, layer);
    (layers[layer] ??= []).push(id);
  };
  let waiting = known.has(tree.start) ? [tree.start] : [];
  for (let layer = 0; waiting.length; layer += 1) {
    const here = [...new Set(waiting)].filter((id) => known.has(id) && !layerOf.has(id));
    here.forEach((id) => put(id, layer));
    waiting = here.flatMap((id) => waysOf(known.get(id)).map(([, to]) => to)).filter(Boolean);
  }
  for (const node of tree.nodes) if (!layerOf.has(node.id)) put(node.id, layers.length ? layers.length - 1 : 0);
  const places = new Map();
  layers.forEach((ids, layer) => {
    let y = 24;
    for (const id of ids) {
      places.set(id, { x: 24 + layer * WIDE, y });
      y += heightOf(id) + GAP;
    }
  });
  return places;
}

/** Whether all stand on one another, as those of a file without places do. */
export function isUnplaced(tree) {
  return tree.nodes.length > 1 && tree.nodes.every((node) => node.x === tree.nodes[0].x && node.y === tree.nodes[0].y);
}
