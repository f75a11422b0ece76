import "./talk.js";
import "./button.js";
import "./console.js";
