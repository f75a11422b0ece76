// What every page runs: htmx with strict settings, and the small modules, each behind an attribute it looks for.
import "./requests.js";
import "./keys.js";
import "./menus.js";
import "./dialogs.js";
import "./tabs.js";
import "./toasts.js";
import "./drafts.js";
import "./submits.js";
import "./patient.js";
import "./palette.js";
import "./rows.js";
import "./live.js";
