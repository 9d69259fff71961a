// Evidence goes up in parts, with its progress in sight. When the line breaks the file stays on this device, through a
// reload too, and goes on from where it stopped when the line is back or the person presses again.

import { shrunk } from "./photo.js";

const AGAIN = 10000;
const PART = 256 * 1024;
const form = document.querySelector("form[data-evidence]");
const status = form.querySelector("[data-progress-words]");
const bar = form.querySelector("progress");
const drop = form.querySelector("[data-drop]");
const chosen = form.elements.file;
const button = form.querySelector("button[value=evidence]");
const field = chosen.closest(".field");
const shelfKey = `${form.dataset.person}${location.pathname}`;
let pending = null;
let timer;
let busy = false;

function say(words, file) {
  const size = file ? (file.size / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 }) : "";
  status.textContent = words.replace("{name}", file?.name ?? "").replace("{size}", size);
}

// The device's own small store of files; without one a file is kept as long as the page is open.
function shelf(mode, act) {
  return new Promise((done) => {
    const opening = indexedDB.open("runut", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("evidence");
    opening.onerror = () => done(undefined);
    opening.onsuccess = () => {
      const asked = act(opening.result.transaction("evidence", mode).objectStore("evidence"));
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => done(undefined);
    };
  }).catch(() => undefined);
}

const putAside = (waiting) => shelf("readwrite", (store) => store.put(waiting, shelfKey));
const takeOff = () => shelf("readwrite", (store) => store.delete(shelfKey));
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

// What the press before said, good or bad, does not stand beside what this one says.
function forget() {
  document.querySelector("main .messages, .messages")?.replaceChildren();
  form.querySelector(".error-summary")?.remove();
  form.querySelectorAll(".field-error").forEach((error) => error.remove());
  form.querySelectorAll(".has-error").forEach((each) => each.classList.remove("has-error"));
  form.querySelectorAll("[aria-invalid]").forEach((input) => input.removeAttribute("aria-invalid"));
}

// A refusal stands where it stands without this script: in red, at the file's own field.
function refuse(sentence) {
  const error = form.querySelector("template").content.firstElementChild.cloneNode(true);
  error.querySelector("p").textContent = sentence;
  field.querySelector(".file").before(error);
  field.classList.add("has-error");
  chosen.setAttribute("aria-invalid", "true");
  const told = chosen.getAttribute("aria-describedby") ?? "";
  if (!told.includes(error.id)) chosen.setAttribute("aria-describedby", `${told} ${error.id}`.trim());
  status.textContent = "";
  chosen.focus();
}

async function post({ file, key }, at, part) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (const [name, value] of Object.entries({ act: "part", key, name: file.name, total: file.size, at })) body.set(name, value);
  if (part) body.set("part", part, file.name);
  if (form.elements.link.value.trim()) body.set("more", "link");
  const answer = await fetch(location.pathname, {
    method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin",
  });
  return answer.json();
}

// What the server has already is not sent again.
async function send(waiting) {
  const { file } = waiting;
  let answer = waiting.again ? await post(waiting, file.size) : { have: 0 };
  while (!answer.whole && !answer.sentence) {
    bar.value = answer.have / file.size;
    answer = await post(waiting, answer.have, file.slice(answer.have, answer.have + PART));
  }
  return answer;
}

async function upload(waiting) {
  if (busy) return;
  busy = true;
  clearTimeout(timer);
  pending = waiting;
  bar.hidden = false;
  forget();
  say(form.dataset.sending, waiting.file);
  let answer = null;
  try { answer = await send(waiting); } catch { /* the line is down, or nobody is signed in: kept, and tried again */ }
  busy = false;
  bar.hidden = true;
  if (!answer) {
    pending = { ...waiting, again: true };
    say(form.dataset.failed, waiting.file);
    drop.hidden = false;
    timer = setTimeout(() => upload(pending), AGAIN);
    return;
  }
  pending = null;
  await takeOff();
  // What was written beside the file goes up with the form itself.
  if (answer.whole && form.elements.link.value.trim()) return form.requestSubmit(button);
  // Not a reload: a page that answered a form would send that form again.
  if (answer.whole) return location.replace(location.pathname);
  refuse(answer.sentence);
}

form.addEventListener("submit", async (event) => {
  const file = chosen.files[0];
  if (file ? !file.size : !pending) return;
  event.preventDefault();
  if (!file) return upload(pending);
  const waiting = { file: await shrunk(file), key: newKey() };
  await putAside(waiting);
  chosen.value = "";
  upload(waiting);
});

drop.addEventListener("click", async () => {
  clearTimeout(timer);
  pending = null;
  await takeOff();
  drop.hidden = true;
  status.textContent = "";
});

window.addEventListener("online", () => { if (pending) upload(pending); });

const left = await shelf("readonly", (store) => store.get(shelfKey));
if (left) {
  drop.hidden = false;
  upload({ ...left, again: true });
}
