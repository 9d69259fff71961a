// A long form that saves itself: a moment after the last key, at once when a field is left, and on leaving the page.
// Nothing is lost when the session or the line ends: the page says so, keeps what was typed, and tries again until
// somebody has signed in again in another window.

import { sayWithSignIn } from "./again.js";

const PAUSE = 800;
const AGAIN = 15000;
// Browsers refuse to let a larger request outlive its page.
const OUTLIVES = 60000;
const form = document.querySelector("form[data-keep]");
const words = form.querySelector("[data-kept]");
const store = `runut.ketikan.${location.pathname}${location.search}`;
let timer;
let sending = null;
let failing = false;
let dirty = false;
let leaving = false;

// What was sent last and is not answered yet: the server may have kept it already.
let unanswered = null;

const typed = () => new URLSearchParams(new FormData(form));

function body() {
  const now = typed();
  for (const [name, value] of unanswered ?? []) if (now.get(name) !== value) now.append(`sent_${name}`, value);
  return now;
}

function soon(pause) {
  clearTimeout(timer);
  timer = setTimeout(keep, pause);
}

// Signing in anew changes the token that a form carries: a fresh page has the new one.
async function freshToken() {
  const page = await fetch(location.href, { credentials: "same-origin" });
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
  const token = fresh.querySelector("form[data-keep] [name=csrfmiddlewaretoken]");
  if (token) form.elements.csrfmiddlewaretoken.value = token.value;
}

async function post() {
  dirty = false;
  try {
    if (failing) await freshToken();
    const sent = body();
    unanswered = typed();
    sent.set("act", "save");
    const answer = await fetch(form.action, {
      method: "POST", body: sent, headers: { Accept: "application/json" }, credentials: "same-origin",
      keepalive: sent.toString().length < OUTLIVES,
    });
    const result = await answer.json();
    failing = false;
    unanswered = null;
    // How the page knows later what of it was kept: from here on it is this.
    for (const [name, value] of Object.entries(result.fields ?? {})) form.elements[name].value = value;
    // The page that comes next may have been read before this arrived: then it still needs what is held.
    if (!leaving) drop();
    if (!dirty) words.textContent = answer.ok ? result.words : `${form.dataset.waiting} ${result.sentence}`;
  } catch {
    dirty = failing = true;
    sayWithSignIn(words, form.dataset.offline, form.dataset);
    soon(AGAIN);
  }
}

function send() {
  clearTimeout(timer);
  sending = post().finally(() => { sending = null; });
  return sending;
}

// One request after the other, so that an older one never comes last.
async function keep() {
  while (sending) await sending;
  if (dirty) await send();
}

// The page that is loaded anew may be read before what was sent last has arrived: it finds it on this device.
function hold() {
  try { sessionStorage.setItem(store, body()); } catch { /* sent all the same */ }
}

function drop() {
  try { sessionStorage.removeItem(store); } catch { /* nothing was kept */ }
}

function leave({ type }) {
  if (type !== "visibilitychange") leaving = true;
  if (!dirty && !sending) return;
  hold();
  if (dirty && !failing) send();
}

function restore() {
  let held = null;
  try { held = sessionStorage.getItem(store); } catch { /* nothing was kept */ }
  drop();
  if (!held || performance.getEntriesByType("navigation")[0]?.type !== "reload") return;
  const found = new URLSearchParams(held);
  const sent = [...found].filter(([name]) => name.startsWith("sent_"));
  unanswered = sent.map(([name, value]) => [name.slice("sent_".length), value]);
  for (const field of form.elements) {
    const told = field.type === "hidden" && !field.name.startsWith("seen_");
    if (!field.name || told || ["submit", "search"].includes(field.type)) continue;
    if (["checkbox", "radio"].includes(field.type)) field.checked = found.getAll(field.name).includes(field.value);
    else field.value = found.get(field.name) ?? field.value;
  }
  dirty = true;
  keep();
}

form.addEventListener("input", ({ target }) => {
  if (target.type === "search") return;
  dirty = true;
  leaving = false;
  if (!failing) words.textContent = form.dataset.waiting;
  soon(failing ? AGAIN : PAUSE);
});
form.addEventListener("change", () => { if (!failing) keep(); });
document.addEventListener("visibilitychange", () => { if (document.hidden) leave({ type: "visibilitychange" }); });
// What cannot be sent now would be lost with the page: the browser asks first.
window.addEventListener("beforeunload", (event) => {
  if ((dirty || sending) && (failing || !navigator.onLine)) event.preventDefault();
});
for (const end of ["beforeunload", "pagehide"]) window.addEventListener(end, leave);
// While nothing can be saved, sending would lose what was typed; what is on its way arrives before the whole does.
form.addEventListener("submit", (event) => {
  clearTimeout(timer);
  if (!failing && !sending) dirty = false;
  else {
    event.preventDefault();
    const tell = () => words.scrollIntoView({ block: "center" });
    if (failing) {
      tell();
      keep();
    } else sending.then(() => { if (failing) tell(); else form.requestSubmit(event.submitter); });
  }
});

restore();
