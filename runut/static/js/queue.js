// What was typed in a sheet and has not reached the server yet. It is kept on this device until the server has
// answered: through a broken line, the end of a session, and a page that was closed or loaded anew.

import { sayWithSignIn } from "./again.js";

const PAUSE = 800;
const AGAIN = 5000;
const form = document.querySelector("form[data-sheet]");
const { store } = form.dataset;
const luring = form.querySelector("[data-luring]");
const unsent = new Map();
let timer;
let sending = null;
let failing = "";
let closed = false;
let told = () => {};

const field = (line, name) => form.elements[`${name}-${line}`];
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
const held = (entry) => Boolean(entry.held);
const due = () => [...unsent].filter(([, entry]) => !held(entry));

// A device that keeps nothing (a private window, a full disk) still sends.
function keep(line, entry) {
  unsent.set(line, entry);
  try { localStorage.setItem(`${store}.${line}`, JSON.stringify(entry)); } catch { /* sent all the same */ }
}

function forget(line) {
  unsent.delete(line);
  try { localStorage.removeItem(`${store}.${line}`); } catch { /* nothing was kept */ }
}

// No form takes it any more: it is kept apart, and shown until somebody throws it away (leftover.js).
function retire(line) {
  const entry = JSON.stringify(unsent.get(line));
  forget(line);
  try { localStorage.setItem(`${store}.lama.${line}`, entry); } catch { /* it stands in its cell */ }
}

function kept() {
  const found = [];
  try {
    for (const key of Object.keys(localStorage)) {
      const line = key.startsWith(`${store}.`) ? key.slice(store.length + 1) : "";
      if (line && !line.includes(".")) found.push([line, JSON.parse(localStorage.getItem(key))]);
    }
  } catch { /* nothing was kept */ }
  return found;
}

export const waiting = (line) => unsent.get(line);
export const whenTold = (listener) => { told = listener; };
export const isFailing = () => failing !== "";
export const isClosed = () => closed;
export const isIdle = () => !sending && !due().length;

// A cell was changed. It is sent with the mark of what the page had shown, so that nobody's work is written over.
export function edit(line, name, value) {
  const old = unsent.get(line);
  const fresh = !old || old.held === "clash";
  const seen = fresh ? { rev: field(line, "rev").value, was: field(line, "was").value, sent: [] } : old;
  keep(line, { ...seen, fields: { ...old?.fields, [name]: value }, key: newKey(), held: "" });
  if (failing) fail(failing);
  soon(failing ? AGAIN : PAUSE);
}

// Between two versions a person has chosen: this one's is sent on top of the other, or given up.
export function settle(line, mine) {
  const entry = unsent.get(line);
  if (!entry) return;
  const fields = { ...entry.fields };
  if (!mine) for (const name of entry.clash) delete fields[name];
  forget(line);
  for (const [name, value] of Object.entries(fields)) edit(line, name, value);
  flush();
}

function soon(pause) {
  clearTimeout(timer);
  timer = setTimeout(flush, pause);
}

// One request at a time, with everything that waits; true when the server has answered for all of it.
export async function flush() {
  clearTimeout(timer);
  while (sending) await sending;
  if (!due().length) return !failing;
  sending = send(due()).finally(() => { sending = null; });
  await sending;
  if (failing) soon(AGAIN);
  else if (due().length) return flush();
  return !failing && !closed;
}

function bodyOf(entries) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("act", "save");
  // What the server could not read stands in its cell still: it does not count as filled.
  body.set("unread", [...unsent].filter(([, entry]) => entry.held === "refused").map(([line]) => line).join(" "));
  for (const [line, entry] of entries) {
    body.set(`rev-${line}`, entry.rev);
    body.set(`was-${line}`, entry.was);
    body.set(`key-${line}`, [entry.key, ...entry.sent].join(" "));
    for (const [name, value] of Object.entries(entry.fields)) body.set(`${name}-${line}`, value);
  }
  return body;
}

async function send(entries) {
  let answer;
  let result;
  try {
    if (failing === "session") await freshToken();
    const body = bodyOf(entries);
    for (const [line, entry] of entries) keep(line, { ...unsent.get(line), sent: [entry.key, ...entry.sent].slice(0, 12) });
    answer = await fetch(form.dataset.address, {
      method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin",
    });
  } catch {
    return fail("offline");
  }
  try { result = await answer.json(); } catch { return fail(answer.status >= 500 ? "trouble" : "session"); }
  if (!answer.ok) return refuse(result.sentence);
  const back = failing ? form.dataset.back.replace("{n}", entries.length) : "";
  fail("");
  for (const [line, entry] of entries) take(line, entry, result.lines[line]);
  return told({ ...result, words: [back, result.words].filter(Boolean).join(" ") });
}

// The server has seen this line: what was typed since then stays, on top of what it answered.
function take(line, sent, saved) {
  const now = unsent.get(line);
  if (!now) return;
  if (!saved) return retire(line);
  const same = now.key === sent.key;
  const seen = { rev: saved.rev, was: saved.was, sent: [] };
  // Who typed on has not seen the other's version: what stands in the cell by now goes on the same mark once more.
  if (saved.clash.length) keep(line, { ...now, ...(same ? { held: "clash", clash: saved.clash } : { sent: [] }) });
  else if (saved.refused) keep(line, { ...now, sent: [], held: same ? "refused" : "" });
  else {
    const left = Object.entries(now.fields).filter(([name, value]) => sent.fields[name] !== value);
    if (left.length) keep(line, { ...now, ...seen, fields: Object.fromEntries(left) });
    else forget(line);
  }
}

// The whole form is closed to this person now: what was typed stays on the device and in the cells.
function refuse(sentence) {
  fail("");
  closed = true;
  const words = `${sentence} ${form.dataset.unsent.replace("{n}", unsent.size)}`;
  for (const line of [...unsent.keys()]) retire(line);
  told({ words, closed });
}

function fail(why) {
  failing = why;
  luring.hidden = !why;
  const words = why ? form.dataset[why].replace("{n}", unsent.size) : "";
  if (why === "session") sayWithSignIn(luring, words, form.dataset);
  else luring.textContent = words;
  if (why) told({ words: "" });
}

// Signing in anew changes the token that a form carries: a fresh page has the new one.
async function freshToken() {
  const page = await fetch(location.href, { credentials: "same-origin" });
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
  const token = fresh.querySelector("form[data-sheet] [name=csrfmiddlewaretoken]");
  if (token) form.elements.csrfmiddlewaretoken.value = token.value;
}

// What an earlier visit could not send: back into its cells, and sent now. What the page shows already was saved.
export function restore(put) {
  for (const [line, entry] of kept()) {
    const left = Object.entries(entry.fields ?? {}).filter(([name, value]) => put(line, name, value));
    if (left.length) keep(line, { ...entry, fields: Object.fromEntries(left), held: "" });
    else forget(line);
  }
  if (unsent.size) flush();
}

window.addEventListener("online", () => flush());
window.addEventListener("offline", () => { if (unsent.size) fail("offline"); });
