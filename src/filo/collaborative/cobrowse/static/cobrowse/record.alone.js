// What sees a page: loaded only where its visitor agreed.
export { record } from "@rrweb/record";
