import "./live.js";
import "./shared.js";
import "./view.js";
