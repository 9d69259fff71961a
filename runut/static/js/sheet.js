// The sheet: each cell saves itself a moment after typing stops, Enter and the arrows move between rows.
// What the page shows after saving (achievement, read-back, hints) comes from the server as it is.

import { showLeft } from "./leftover.js";
import { edit, flush, isClosed, isFailing, isIdle, restore, settle, waiting, whenTold } from "./queue.js";
import { start } from "./paste.js";

const form = document.querySelector("form[data-sheet]");
const strip = form.querySelector("[data-strip]");
// What the server has, by the name of the input; and what stood in a cell when somebody came into it.
const known = new Map();
const entered = new WeakMap();
let leaving = false;
const LONGEST_PRESS = 2000;

const inputOf = (line, name) => form.elements[`${name}-${line}`];
const nameOf = (input) => input.name.split("-")[0];
// The inputs of one name, or one of them: which line they are of, and what they are.
const placeOf = (input) => (input instanceof RadioNodeList ? input[0] : input).name.split("-").reverse();
const rowOf = (line) => form.querySelector(`[data-line="${line}"]`);

// Where a line could not be saved as a whole, its inputs show what was typed; what is saved stands beside them.
function savedIn(input) {
  const [line, name] = placeOf(input);
  const beside = inputOf(line, "rev").dataset.saved;
  if (beside) return JSON.parse(beside)[name] ?? "";
  if (input instanceof RadioNodeList) return [...input].find((one) => one.defaultChecked)?.value ?? "";
  if (input.tagName === "SELECT") return [...input.options].find((one) => one.defaultSelected)?.value ?? "";
  return input.defaultValue;
}

const knownOf = (line, name) => known.get(`${name}-${line}`) ?? savedIn(inputOf(line, name));

function mark(line, state) {
  const cell = inputOf(line, "v")?.closest("td");
  if (cell) cell.className = `edit ${state}`;
}

function change(input) {
  edit(input.dataset.cell, nameOf(input), input.value);
  mark(input.dataset.cell, "is-waiting");
}

// Nothing typed here arrives any more: that is said where it is seen, and nothing offers to save it.
function close(words) {
  const alert = form.querySelector("[data-closed]");
  alert.hidden = false;
  alert.querySelector("[data-closed-words]").textContent = words;
  for (const input of form.querySelectorAll("[data-cell]")) {
    if (input.matches("select, [type=radio]")) input.disabled = true;
    else input.readOnly = true;
  }
  for (const button of form.querySelectorAll("button[name=act]")) button.hidden = true;
  document.querySelector(".subtitle .chip")?.remove();
  alert.focus({ preventScroll: true });
  alert.scrollIntoView({ block: "center" });
}

// Nothing moves under a pointer that is down: what it came down on is what gets pressed. A pointer that goes up outside
// the window is not heard of.
let released = Promise.resolve();
let release = () => {};
document.addEventListener("pointerdown", () => {
  release();
  released = new Promise((resolve) => { release = resolve; });
  setTimeout(release, LONGEST_PRESS);
});
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => setTimeout(release));

whenTold(async (result) => {
  await released;
  if (result.closed) close(result.words);
  strip.textContent = result.closed ? "" : result.words;
  const progress = form.querySelector("[data-progress]");
  if (progress && result.progress) progress.textContent = result.progress;
  const nil = document.querySelector("[data-nil]");
  if (nil && "nil" in result) {
    nil.innerHTML = result.nil;
    nil.hidden = !result.nil;
  }
  for (const [line, saved] of Object.entries(result.lines ?? {})) if (rowOf(line)) showLine(line, saved);
  if (!result.closed) showLeft();
});

function showLine(line, saved) {
  inputOf(line, "rev").value = saved.rev;
  inputOf(line, "was").value = saved.was;
  const value = inputOf(line, "v");
  value.dataset.measure = saved.now.m;
  for (const [name, text] of Object.entries(saved.now)) follow(line, name, text, saved);
  value.toggleAttribute("aria-invalid", false);
  if (saved.refused) value.setAttribute("aria-invalid", "true");
  document.getElementById(`e-${line}`).innerHTML = saved.error;
  mark(line, saved.state || (waiting(line) ? "is-waiting" : "is-saved"));
  (rowOf(line).querySelector("[data-capaian]") ?? form.querySelector("[data-capaian]")).innerHTML = saved.capaian;
  const under = form.querySelector(`[data-under="${line}"]`);
  (under.querySelector("[data-words]") ?? under).innerHTML = saved.under;
  if (under.matches("tr")) under.hidden = saved.quiet;
}

// A cell this person left alone shows what somebody else wrote in it; one that both changed shows what is kept, with
// both versions under it.
function follow(line, name, text, saved) {
  const input = inputOf(line, name);
  if (!input) return;
  const entry = waiting(line);
  const untouched = input.value === knownOf(line, name) && !(name in (entry?.fields ?? {}));
  const clashes = saved.clash.includes(name) && entry?.held === "clash";
  if (clashes || (untouched && input.value !== text)) input.value = text;
  known.set(`${name}-${line}`, text);
}

function move(input, step) {
  const column = [...form.querySelectorAll(`[data-column="${input.dataset.column}"]`)];
  const next = column[column.indexOf(input) + step];
  next?.focus();
  next?.select?.();
}

function openLink(input, which) {
  const link = rowOf(input.dataset.cell)?.querySelector(which);
  if (link) flush().finally(() => link.click());
}

form.addEventListener("focusin", ({ target }) => { if (target.dataset.cell) entered.set(target, target.value); });

form.addEventListener("input", ({ target }) => { if (target.dataset.cell) change(target); });

form.addEventListener("focusout", ({ target }) => { if (waiting(target.dataset.cell) && !isFailing()) flush(); });

form.addEventListener("keydown", (event) => {
  const input = event.target;
  if (!input.dataset.column) return;
  if (event.key === "Enter" && event.ctrlKey) openLink(input, "[data-detail]");
  else if (event.key.toLowerCase() === "b" && event.altKey) openLink(input, "[data-evidence]");
  else if (event.key === "Escape" && input.value !== entered.get(input)) {
    input.value = entered.get(input);
    change(input);
  } else {
    const step = { ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1 }[event.key];
    const plain = !(event.ctrlKey || event.altKey || event.metaKey);
    if (!step || !plain || (input.tagName === "SELECT" && event.key !== "Enter")) return;
    move(input, step);
  }
  event.preventDefault();
});

// Buttons beside a cell: which of two versions, or the number that was meant.
function press(button) {
  const [kind, line] = button.name.split("-");
  if (kind === "mine" || kind === "theirs") {
    const entry = waiting(button.value);
    if (!entry) return false;
    for (const [name, text] of Object.entries(entry.fields)) {
      if (kind === "mine" && inputOf(button.value, name)) inputOf(button.value, name).value = text;
    }
    button.closest("[data-versus]").remove();
    settle(button.value, kind === "mine");
    if (kind === "theirs") mark(button.value, "is-saved");
    inputOf(button.value, "v").focus();
    return true;
  }
  if (kind !== "use") return false;
  const input = inputOf(line, "v");
  input.value = button.value;
  change(input);
  input.focus();
  flush();
  return true;
}

// The form is handed in as a whole when all of it has arrived; while it cannot arrive, the page stays where it is.
form.addEventListener("submit", (event) => {
  const { submitter } = event;
  if (submitter && press(submitter)) event.preventDefault();
  if (event.defaultPrevented || (isIdle() && !isClosed())) return;
  event.preventDefault();
  if (isClosed()) return;
  if (leaving) return;
  leaving = true;
  flush().then((arrived) => {
    leaving = false;
    if (arrived) form.requestSubmit(submitter);
    else if (!isClosed()) form.querySelector("[data-luring]").scrollIntoView({ block: "center" });
  });
});
window.addEventListener("pageshow", () => { leaving = false; });

restore((line, name, value) => {
  const input = inputOf(line, name);
  if (!input) return true;
  if (savedIn(input) === value) return false;
  input.value = value;
  mark(line, "is-waiting");
  return true;
});
// On a slow line somebody types before this script has come.
for (const input of form.querySelectorAll("[data-cell]")) {
  if (input.type === "radio" && !input.checked) continue;
  const kept = waiting(input.dataset.cell)?.fields ?? {};
  if (input.value !== savedIn(input) && !(nameOf(input) in kept)) change(input);
}
if (form.dataset.paste) start();
