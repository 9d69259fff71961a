// A block from Excel: shown first as the server reads it, then put in the cells as if typed, undone as a whole.

import { cellsOf, isBlock, signOf } from "./block.js";
import { edit, flush } from "./queue.js";

// One more than a form takes, so that the server says so.
const MOST = 501;
const form = document.querySelector("form[data-sheet]");
const place = form.querySelector("[data-pasting]");
const pasted = form.querySelector("[data-pasted]");
const field = ({ line, column }) => form.elements[`${column}-${line}`];
let block;
let last = null;
let untouched = false;

export function start() {
  form.addEventListener("paste", (event) => {
    const { cell, column } = event.target.dataset ?? {};
    if (!cell || !column) return;
    const rows = cellsOf(event.clipboardData.getData("text/plain"));
    if (!isBlock(rows)) return;
    event.preventDefault();
    block = { rows, cell, column, from: event.target };
    preview(signOf(event.clipboardData.getData("text/html")));
  });
  form.addEventListener("input", (event) => {
    if (event.target.name === "paste-sign") preview(event.target.value);
    else untouched = false;
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !place.hidden) close();
    else if (last && untouched && event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
      event.preventDefault();
      undo();
    }
  });
  pasted.querySelector("[data-undo]").addEventListener("click", undo);
}

async function preview(sign) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("block", JSON.stringify(block.rows.slice(0, MOST)));
  body.set("line", block.cell);
  body.set("column", block.column);
  body.set("sign", sign);
  let result;
  try {
    const answer = await fetch(form.dataset.paste, {
      method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin",
    });
    result = await answer.json();
  } catch {
    result = { sentence: form.dataset.pasteOffline };
  }
  show(result);
}

function show(result) {
  place.hidden = false;
  if (!result.html) {
    place.replaceChildren(Object.assign(document.createElement("p"), { className: "notice bad", textContent: result.sentence }));
    place.firstChild.setAttribute("role", "alert");
    return;
  }
  place.innerHTML = result.html;
  place.querySelector("[data-apply]")?.addEventListener("click", () => apply(result));
  place.querySelector("[data-cancel]").addEventListener("click", close);
  (place.querySelector("[data-apply]") ?? place.querySelector("[data-cancel]")).focus();
  place.scrollIntoView({ block: "nearest" });
}

function close() {
  place.hidden = true;
  place.replaceChildren();
  block.from.focus();
}

function apply(result) {
  const steps = result.cells.map((cell) => {
    const { value, dataset } = field(cell);
    return { ...cell, before: value, measure: cell.column === "v" ? dataset.measure : undefined };
  });
  for (const step of steps) put(step, step.typed);
  close();
  last = steps;
  untouched = true;
  tell(result.done);
  flush();
}

function put(step, text) {
  field(step).value = text;
  edit(step.line, step.column, text);
}

// What was typed over since stays.
function undo() {
  for (const step of last ?? []) {
    if (field(step).value !== step.typed) continue;
    put(step, step.before);
    if (step.measure && !step.before) edit(step.line, "m", step.measure);
  }
  last = null;
  tell(pasted.dataset.undone);
  flush();
}

// What was done, and the way back while there is one.
function tell(words) {
  pasted.hidden = false;
  pasted.querySelector("[data-pasted-words]").textContent = words;
  for (const way of pasted.querySelectorAll("[data-undo], kbd")) way.hidden = !last;
}
