// A long form that saves itself a moment after typing stops. Nothing is lost when the session or the line ends:
// the page says so, keeps what was typed, and tries again until somebody has signed in again in another window.

const PAUSE = 3000;
const AGAIN = 15000;
const form = document.querySelector("form[data-keep]");
const words = form.querySelector("[data-kept]");
let timer;
let failing = false;

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

async function keep() {
  try {
    if (failing) await freshToken();
    const body = new FormData(form);
    body.set("act", "save");
    const answer = await fetch(form.action, {
      method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin",
    });
    const result = await answer.json();
    failing = false;
    words.textContent = answer.ok ? result.words : result.sentence;
  } catch {
    failing = true;
    words.textContent = form.dataset.offline;
    soon(AGAIN);
  }
}

form.addEventListener("input", () => soon(PAUSE));
// While nothing can be saved, sending would lose what was typed.
form.addEventListener("submit", (event) => {
  clearTimeout(timer);
  if (!failing) return;
  event.preventDefault();
  words.scrollIntoView({ block: "center" });
  soon(0);
});
