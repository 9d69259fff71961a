// A table that is being read or saved: how far it is, until the page of its outcome can be shown.

const OFTEN = 1000;
const SELDOM = 10000;
const bar = document.querySelector("[data-import] progress");
const words = bar?.nextElementSibling;
const since = Date.now();

async function look() {
  if (!document.hidden) {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "application/json" } });
      if (answer.ok) {
        const found = await answer.json();
        if (!found.under_way) {
          location.reload();
          return;
        }
        bar.value = found.done;
        bar.max = found.total;
        words.textContent = found.words;
      }
    } catch {
      // The line is broken: the work goes on, and so does asking.
    }
  }
  setTimeout(look, Date.now() - since < 60000 ? OFTEN : SELDOM);
}

if (bar) setTimeout(look, OFTEN);
