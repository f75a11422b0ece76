import "./calendar.js";
