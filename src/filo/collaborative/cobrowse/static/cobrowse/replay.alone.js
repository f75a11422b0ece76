// What shows a page as it is elsewhere.
export { Replayer } from "@rrweb/replay";
