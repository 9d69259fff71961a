// A block as a spreadsheet puts it on the clipboard: rows of cells, and the decimal sign it was written with. What the
// cells mean is for the server to say; here they are only told apart.

// Tabs between cells, a line per row; a cell with a line break in it stands in quotes. A whole column that was copied
// ends in a million empty rows.
export function cellsOf(text) {
  const rows = [[]];
  const plain = text.replace(/\r\n?/g, "\n").replace(/[\t\n]+$/, "");
  const cell = /"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*)/y;
  for (;;) {
    const [, quoted, bare] = cell.exec(plain);
    rows.at(-1).push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    const at = cell.lastIndex;
    if (at >= plain.length) return rows;
    if (plain[at] === "\n") rows.push([]);
    cell.lastIndex = at + 1;
  }
}

export const isBlock = (rows) => rows.length > 1 || rows[0].length > 1;

// Excel states in the HTML beside the text how it writes numbers; columns too narrow for theirs are hashes there, so
// that the numbers themselves are taken from the text.
export function signOf(html) {
  const stated = /mso-displayed-decimal-separator:\s*"\\?([.,])"/.exec(html);
  if (!stated) return "";
  return stated[1] === "." ? "dot" : "comma";
}
