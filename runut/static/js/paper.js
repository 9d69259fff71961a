// On paper, parafs and signatures never stand on a sheet without rows of the table that they are under. Browsers
// keep rows of one table together, but not a table that goes on from an earlier sheet with what follows it: so, while
// the page is printed, the ending is the table's last row.

const ending = document.querySelector(".ending:not(.after-text)");
const table = ending?.previousElementSibling?.querySelector("table");

if (table) {
  const place = document.createComment("");
  ending.before(place);
  const body = document.createElement("tbody");
  body.className = "ending-row";
  const cell = body.insertRow().insertCell();
  cell.colSpan = table.tHead.rows[0].cells.length;

  addEventListener("beforeprint", () => {
    cell.append(ending);
    table.append(body);
  });
  addEventListener("afterprint", () => {
    place.after(ending);
    body.remove();
  });
}
