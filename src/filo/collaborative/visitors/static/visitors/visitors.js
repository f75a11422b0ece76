// A page that goes on by itself: a form with [data-at-once] is sent as soon as a person's browser shows it.
const form = document.querySelector("form[data-at-once]");
if (form) setTimeout(() => form.requestSubmit(), 50);

// A visitor's page tells that it is open, so that he is known as long as he is there.
const told = document.querySelector("[data-visit]");
if (told) navigator.sendBeacon(told.dataset.visit, new URLSearchParams({ path: location.pathname, title: document.title }));
