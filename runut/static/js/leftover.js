// What was typed for a form that was closed by then: it goes into no number by itself, also when the form is opened
// again. It is shown until it is thrown away, so that nothing is lost without a word.

const box = document.querySelector("[data-leftover]");
const store = box?.dataset.store;
const old = `${store}.lama.`;
const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(old));

// Whatever waited for a form that is closed now.
function retire() {
  for (const key of Object.keys(localStorage)) {
    const line = key.startsWith(`${store}.`) ? key.slice(store.length + 1) : "";
    if (!line || line.includes(".")) continue;
    localStorage.setItem(`${old}${line}`, localStorage.getItem(key));
    localStorage.removeItem(key);
  }
}

const said = ([name, text]) => (name === "m" ? box.getAttribute(`data-m-${text}`) : text) || "–";

export function showLeft() {
  if (!box) return;
  try {
    const lines = keys().map((key) => {
      const line = key.slice(old.length);
      const name = document.querySelector(`[data-line="${line}"] th a`)?.textContent ?? "–";
      const fields = Object.entries(JSON.parse(localStorage.getItem(key)).fields ?? {});
      return Object.assign(document.createElement("li"), { textContent: `${name}: ${fields.map(said).join(" · ")}` });
    });
    box.querySelector("ul").replaceChildren(...lines);
    box.hidden = !lines.length;
  } catch { /* this device keeps nothing */ }
}

box?.querySelector("button").addEventListener("click", () => {
  for (const key of keys()) localStorage.removeItem(key);
  box.hidden = true;
});

if (box) {
  try { if (!("open" in box.dataset)) retire(); } catch { /* this device keeps nothing */ }
  showLeft();
}
