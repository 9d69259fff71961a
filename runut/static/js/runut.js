// Small comforts on every page. Nothing here is needed: without it every page still works.

const locale = document.documentElement.lang || "id";

// A form is sent once. Its buttons stay enabled, so that their name and value are sent along.
function guardDoubleSubmit() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  // Coming back with the browser's own button: the form may be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  });
}

// Without script the button is not there: the page says that it is to be printed, and the browser can.
function addPrinting() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

function focusErrorSummary() {
  document.querySelector("[data-focus]")?.focus();
}

function addPasswordButtons() {
  for (const box of document.querySelectorAll("[data-password]")) {
    const input = box.querySelector("input");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-secondary";
    button.textContent = box.dataset.show;
    button.setAttribute("aria-controls", input.id);
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      const visible = input.type === "password";
      input.type = visible ? "text" : "password";
      button.textContent = visible ? box.dataset.hide : box.dataset.show;
      button.setAttribute("aria-pressed", String(visible));
    });
    // A password is never sent from a field that remembers what was typed.
    input.form?.addEventListener("submit", () => { input.type = "password"; });
    box.append(button);
  }
}

// <time data-relative datetime="…"> keeps saying how long ago; the absolute time stands in its title.
function refreshRelativeTimes() {
  const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  for (const time of document.querySelectorAll("time[data-relative]")) {
    const minutes = Math.round((new Date(time.dateTime) - Date.now()) / 60000);
    const [amount, unit] =
      Math.abs(minutes) < 60 ? [minutes, "minute"]
      : Math.abs(minutes) < 1440 ? [Math.round(minutes / 60), "hour"]
      : [Math.round(minutes / 1440), "day"];
    time.title ||= time.textContent;
    time.textContent = words.format(amount, unit);
  }
}

function closeMenus() {
  const open = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}

// Signing out while this device still keeps what could not be sent: ask first.
function guardUnsent() {
  const form = document.querySelector("form[data-leave]");
  form?.addEventListener("submit", (event) => {
    const mine = new RegExp(`^runut\\.isian\\.\\d+\\.${form.dataset.person}\\.`);
    let unsent = false;
    try { unsent = Object.keys(localStorage).some((key) => mine.test(key)); } catch { /* this device keeps nothing */ }
    if (unsent && !confirm(form.dataset.leave)) event.preventDefault();
  });
}

guardDoubleSubmit();
guardUnsent();
addPrinting();
focusErrorSummary();
addPasswordButtons();
refreshRelativeTimes();
setInterval(refreshRelativeTimes, 60000);
closeMenus();
