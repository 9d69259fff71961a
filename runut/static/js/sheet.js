// The sheet: each cell saves itself a moment after typing stops, Enter and the arrows move between rows.
// What the page shows after saving (achievement, read-back, hints) comes from the server as it is.

const PAUSE = 800;
const form = document.querySelector("form[data-sheet]");
const strip = form.querySelector("[data-strip]");
const waiting = new Map();
const sending = new Map();
let leaving = false;

const partsOf = (line) => [...form.querySelectorAll(`[data-cell="${line}"]`)];
const fieldsOf = (line) => [...form.elements].filter((field) => field.name?.endsWith(`-${line}`));

function soon(line) {
  clearTimeout(waiting.get(line));
  waiting.set(line, setTimeout(() => save(line), PAUSE));
}

function save(line) {
  clearTimeout(waiting.get(line));
  waiting.delete(line);
  if (sending.has(line)) soon(line);
  else sending.set(line, send(line));
}

async function send(line) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("act", "save");
  for (const field of fieldsOf(line)) if (field.type !== "radio" || field.checked) body.set(field.name, field.value);
  const sent = contentOf(line);
  try {
    const answer = await fetch(form.dataset.address, {
      method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin",
    });
    const result = await answer.json();
    if (answer.ok) show(result);
    else strip.textContent = result.sentence;
  } catch {
    strip.textContent = form.dataset.offline;
    soon(line);
  }
  sending.delete(line);
  if (contentOf(line) !== sent) soon(line);
}

const contentOf = (line) => partsOf(line).filter((f) => f.type !== "radio" || f.checked).map((f) => f.value).join("\u0000");

function show(result) {
  strip.textContent = result.words;
  const progress = form.querySelector("[data-progress]");
  if (progress) progress.textContent = result.progress;
  for (const [line, saved] of Object.entries(result.lines)) showLine(line, saved);
}

function showLine(line, saved) {
  form.elements[`rev-${line}`].value = saved.rev;
  form.elements[`was-${line}`].value = saved.was;
  const input = form.elements[`v-${line}`];
  // Somebody else changed it first: the cell shows what is kept, the words beside it what was not saved.
  if (saved.value !== null) input.value = saved.value;
  input.toggleAttribute("aria-invalid", false);
  if (saved.error) input.setAttribute("aria-invalid", "true");
  const cell = input.closest("td");
  if (cell) cell.className = `edit ${saved.state || "is-saved"}`;
  const row = input.closest("[data-line]");
  (row.querySelector("[data-capaian]") ?? form.querySelector("[data-capaian]")).innerHTML = saved.capaian;
  const under = form.querySelector(`[data-under="${line}"]`);
  for (const name of ["error", "hint", "echo"]) {
    const place = under.querySelector(`[data-${name}]`);
    place.textContent = saved[name];
    place.hidden = !saved[name];
  }
  if (under.matches("tr")) under.hidden = ![...under.querySelectorAll("p")].some((words) => !words.hidden);
}

function move(field, step) {
  const column = [...form.querySelectorAll(`[data-column="${field.dataset.column}"]`)];
  const next = column[column.indexOf(field) + step];
  next?.focus();
  next?.select?.();
  return Boolean(next);
}

form.addEventListener("input", (event) => {
  const { cell } = event.target.dataset;
  if (cell) soon(cell);
});

form.addEventListener("focusout", (event) => {
  const { cell } = event.target.dataset;
  if (cell && waiting.has(cell)) save(cell);
});

form.addEventListener("keydown", (event) => {
  const field = event.target;
  if (!field.dataset.column || field.tagName !== "INPUT" || event.ctrlKey || event.altKey || event.metaKey) return;
  const step = { ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1 }[event.key];
  if (!step) return;
  event.preventDefault();
  move(field, step);
});

// Handing the whole form in saves everything anyway: nothing is left to send on its own. What is on its way is
// waited for; else the form would meet its own line, saved a moment ago, as if somebody else had changed it.
form.addEventListener("submit", (event) => {
  waiting.forEach((timer) => clearTimeout(timer));
  if (!sending.size) return;
  event.preventDefault();
  if (leaving) return;
  leaving = true;
  const { submitter } = event;
  Promise.allSettled([...sending.values()]).then(() => {
    leaving = false;
    form.requestSubmit(submitter);
  });
});
