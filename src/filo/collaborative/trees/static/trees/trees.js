// The page on which a decision tree is drawn; other pages of trees need no script.
import { open } from "./editor/editor.js";

const page = document.querySelector("[data-tree-editor]");
if (page) open(page, JSON.parse(document.getElementById("tree-data").textContent));
