// A form that was closed to this person while some of what was typed had not arrived: it is shown until it is thrown
// away, so that nothing is lost without a word.

const box = document.querySelector("[data-leftover]");
const list = box.querySelector("ul");
const { store } = box.dataset;
const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(`${store}.`));

function show() {
  for (const key of keys()) {
    const line = key.slice(store.length + 1);
    const name = document.querySelector(`[data-line="${line}"] th a`)?.textContent ?? "–";
    const { fields } = JSON.parse(localStorage.getItem(key));
    list.append(Object.assign(document.createElement("li"), { textContent: `${name}: ${Object.values(fields).join(" · ")}` }));
  }
  box.hidden = !list.children.length;
}

box.querySelector("button").addEventListener("click", () => {
  for (const key of keys()) localStorage.removeItem(key);
  box.hidden = true;
});

try { show(); } catch { /* this device keeps nothing */ }
