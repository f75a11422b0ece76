// Shows notices that a push service brings while no page of Filo is open, and leads to what they are about.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const told = event.data?.json() ?? { title: "Filo", body: "", url: "/notices", tag: "several" };
  const { title, body, tag, url } = told;
  event.waitUntil(self.registration.showNotification(title, { body, tag, data: { url } }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(lead(new URL(event.notification.data.url, self.location.origin)));
});

async function lead(address) {
  const goal = address.origin === self.location.origin ? address.href : `${self.location.origin}/notices`;
  const there = (await self.clients.matchAll({ type: "window" })).find((one) => one.url === goal);
  return there ? there.focus() : self.clients.openWindow(goal);
}
