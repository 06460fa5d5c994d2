// Text separated by commas, semicolons or tabs into rows of plain text. A cell that a spreadsheet would compute is
// text like any other.
import { CsvError, parse } from "csv-parse/sync";
import type { Problem } from "./file-problem.js";

const LONGEST_TEXT = 20_000_000;
const SEPARATORS = [",", ";", "\t"] as const;

/** One row of a table, with the number of the line on which it begins. */
export type CsvRow = { readonly line: number; readonly cells: readonly string[] };

/** Reads the rows of a table; those before an open quotation mark are given with the problem. */
export function readCsvRows(text: string): { readonly rows: readonly CsvRow[]; readonly problems: readonly Problem[] } {
  if (text.length > LONGEST_TEXT) {
    return { rows: [], problems: [{ path: "", code: "file-too-long", values: { maximum: LONGEST_TEXT } }] };
  }
  const rows: CsvRow[] = [];
  let lastLine = 0;
  try {
    parse(text, {
      bom: true,
      delimiter: separatorOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      on_record: (record: string[], { lines }) => {
        const cells = record.map((cell) => cell.trim());
        // Spreadsheets leave rows without content behind.
        if (cells.some((cell) => cell !== "")) rows.push({ line: lines - linesIn(record), cells });
        lastLine = lines;
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { rows, problems: [{ path: "", code: "invalid-csv", values: { line: lastLine + 1 } }] };
  }
  return { rows, problems: [] };
}

/** The beginning of a text, where its headings are. */
export const headOf = (text: string): string => text.slice(0, 10_000).replace(/^[\uFEFF\r\n]+/, "");

/** The separator that the first line uses most, outside quotation marks. */
function separatorOf(text: string): string {
  const [head = ""] = headOf(text)
    .replace(/"[^"]*"/g, "")
    .split(/\r\n|\n|\r/, 1);
  const counted = SEPARATORS.map((separator) => ({ separator, times: head.split(separator).length }));
  return counted.reduce((best, one) => (one.times > best.times ? one : best)).separator;
}

/** Line breaks inside the cells of a row. */
const linesIn = (record: readonly string[]): number =>
  record.reduce((lines, cell) => lines + cell.split(/\r\n|\n|\r/).length - 1, 0);
