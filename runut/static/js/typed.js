// What was typed on a page of work stays in this tab until its act was taken: a page that is loaded anew, or a session
// that ended before a button was pressed, loses nothing. Forms that save themselves (keep.js, queue.js) do so there.

const told = document.querySelector("[data-typed]");
const visitor = !told;
const PENDING = "runut.ketikan.terkirim";
const NEVER = ["password", "file", "hidden", "search", "submit"];
const forms = [...document.querySelectorAll("main form[method=post]:not([data-keep], [data-sheet], [data-evidence])")];

// By whom, for which address, and which of its forms there.
function storeOf(form) {
  const { pathname, search } = new URL(form.getAttribute("action") || location.href, location.href);
  const same = forms.filter((other) => other.getAttribute("action") === form.getAttribute("action"));
  return `runut.ketikan.${told.dataset.typed}.${pathname}${search}#${same.indexOf(form)}`;
}

const isBox = (field) => field.type === "checkbox";
const isKept = (field) => field.name && !NEVER.includes(field.type) && field.autocomplete !== "one-time-code";
const keyOf = (field) => (isBox(field) ? `${field.name}=${field.value}` : field.name);

function read(store) {
  try { return JSON.parse(sessionStorage.getItem(store)) ?? {}; } catch { return {}; }
}

function write(store, held) {
  try { sessionStorage.setItem(store, JSON.stringify(held)); } catch { /* this tab keeps nothing */ }
}

function drop(store) {
  try { sessionStorage.removeItem(store); } catch { /* nothing was kept */ }
}

// What was sent from the page before: its store, and whether it was taken. Whoever sends a form is led on to another
// address once it was; a page that says why not answers at once, and a session that has ended leads to the sign-in.
function sentBefore() {
  const store = read(PENDING).store ?? "";
  drop(PENDING);
  const [way] = performance.getEntriesByType("navigation");
  const taken = Boolean(store) && !visitor && way?.redirectCount > 0;
  if (taken) drop(store);
  return { store, taken };
}

// True if the page did not say the same already.
function put(field, value) {
  if (isBox(field)) {
    if (field.checked === value) return false;
    field.checked = value;
  } else if (field.type === "radio") {
    if (field.checked || field.value !== value) return false;
    field.checked = true;
  } else {
    if (field.value === value) return false;
    if (field.options && ![...field.options].some((option) => option.value === value)) return false;
    field.value = value;
  }
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  return true;
}

function restore(form) {
  const held = read(storeOf(form));
  const back = [...form.elements].filter((field) => isKept(field) && keyOf(field) in held && !field.disabled);
  return back.map((field) => put(field, held[keyOf(field)])).includes(true);
}

function remember({ target }) {
  const form = target.form;
  if (!forms.includes(form) || !isKept(target) || target.multiple) return;
  const store = storeOf(form);
  write(store, { ...read(store), [keyOf(target)]: isBox(target) ? target.checked : target.value });
}

// Back to what the page says by itself.
function throwAway() {
  for (const form of forms) {
    drop(storeOf(form));
    form.reset();
  }
  told.querySelector("button").hidden = true;
  told.querySelector("p").textContent = told.dataset.thrown;
  document.querySelector("main").focus();
}

const before = sentBefore();
if (!visitor) {
  // The answer to what was just sent shows it already.
  const answered = (form) => before.store === storeOf(form) && !before.taken;
  told.hidden = !forms.filter((form) => !answered(form)).map(restore).includes(true);
  told.querySelector("button").addEventListener("click", throwAway);
  for (const event of ["input", "change"]) document.addEventListener(event, remember);
  document.addEventListener("submit", ({ target, defaultPrevented }) => {
    if (!defaultPrevented && forms.includes(target)) write(PENDING, { store: storeOf(target) });
  });
}
