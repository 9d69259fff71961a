// Evidence goes up with its progress in sight. When the line breaks the file stays on this device, through a reload
// too, and goes up when the line is back or the person presses again.

import { shrunk } from "./photo.js";

const AGAIN = 10000;
const form = document.querySelector("form[data-evidence]");
const status = form.querySelector("[data-progress-words]");
const bar = form.querySelector("progress");
const drop = form.querySelector("[data-drop]");
const chosen = form.elements.file;
const place = location.pathname;
let pending = null;
let timer;
let busy = false;

const say = (words, file) => {
  const size = file ? (file.size / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 }) : "";
  status.textContent = words.replace("{name}", file?.name ?? "").replace("{size}", size);
};

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

const key = `${form.dataset.person}${place}`;
const putAside = (file) => shelf("readwrite", (store) => store.put(file, key));
const takeOff = () => shelf("readwrite", (store) => store.delete(key));

function send(file) {
  const body = new FormData(form);
  body.set("act", "evidence");
  body.set("file", file, file.name);
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", place);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => { bar.value = loaded / total; };
    request.onload = () => done(request.response ? { ok: request.status < 300, ...request.response } : null);
    request.onerror = () => done(null);
    request.send(body);
  });
}

async function upload(file) {
  if (busy) return;
  busy = true;
  clearTimeout(timer);
  pending = file;
  bar.hidden = false;
  say(form.dataset.sending, file);
  const answer = await send(file);
  busy = false;
  bar.hidden = true;
  if (!answer) {
    say(form.dataset.failed, file);
    drop.hidden = false;
    timer = setTimeout(() => upload(file), AGAIN);
    return;
  }
  pending = null;
  await takeOff();
  if (answer.ok) location.reload();
  else say(answer.sentence);
}

form.addEventListener("submit", async (event) => {
  const file = chosen.files[0] ?? pending;
  if (!file) return;
  event.preventDefault();
  if (file === pending) return upload(file);
  const small = await shrunk(file);
  await putAside(small);
  upload(small);
});

drop.addEventListener("click", async () => {
  clearTimeout(timer);
  pending = null;
  await takeOff();
  drop.hidden = true;
  status.textContent = "";
  form.reset();
});

window.addEventListener("online", () => { if (pending) upload(pending); });

const left = await shelf("readonly", (store) => store.get(key));
if (left) {
  drop.hidden = false;
  upload(left);
}
