import { describe, expect, it } from "vitest";
import { csvCell, csvDocument } from "../src/ui/csv";
import { sortOf, sortedRows, textColumn } from "../src/ui/listColumns";

describe("csvCell", () => {
  it.each(["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =1"])(
    "makes the formula %j a text",
    (formula) => {
      expect(csvCell(formula).replace(/^"/, "").startsWith("'")).toBe(true);
    },
  );

  it("leaves numbers, also negative ones, as they are", () => {
    expect(csvCell("-12.5")).toBe("-12.5");
    expect(csvCell(-3)).toBe("-3");
  });

  it("keeps phone numbers readable as text", () => {
    expect(csvCell("+8613800000104")).toBe("'+8613800000104");
  });

  it("quotes separators, quotes and line breaks", () => {
    expect(csvCell('a,"b"\nc')).toBe('"a,""b""\nc"');
    expect(csvCell(null)).toBe("");
  });
});

describe("csvDocument", () => {
  it("begins with a byte order mark and ends every line as the RFC says", () => {
    const head = ["编号", "Title"];
    expect(csvDocument(head, [["TK-1", "=x"]])).toBe("\uFEFF编号,Title\r\nTK-1,'=x\r\n");
  });
});

describe("sorting", () => {
  const columns = [textColumn<{ n: string }>("n", "N", (row) => row.n)];
  const rows = [{ n: "TK-10" }, { n: "TK-9" }, { n: "TK-1" }];

  it("counts numbers in words as numbers", () => {
    const sorted = sortedRows(rows, columns, { column: "n", descending: false });
    expect(sorted.map((row) => row.n)).toEqual(["TK-1", "TK-9", "TK-10"]);
  });

  it("keeps the order that came when nothing is chosen or known", () => {
    expect(sortedRows(rows, columns, null)).toBe(rows);
    expect(sortedRows(rows, columns, { column: "gone", descending: true })).toBe(rows);
  });

  it("reads the click on a table head", () => {
    expect(sortOf({ columnKey: "n", order: "descend" })).toEqual({ column: "n", descending: true });
    expect(sortOf({ columnKey: "n", order: null })).toBeNull();
  });
});
