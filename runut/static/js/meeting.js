// What is put off goes back with a button of its own: it comes out as soon as a figure is put off.

const back = document.querySelector(".act-return");

if (back) {
  document.addEventListener("change", (event) => {
    if (event.target.name?.startsWith("decision-") && event.target.value === "deferred") back.open = true;
  });
}
