/** Tables for spreadsheets: RFC 4180, with texts that no spreadsheet takes for a formula. */

export type Row = ReadonlyMap<string, string>;

/** Nested objects become `a.b`; lists stay JSON in one cell. */
export function rowOf(at: number, body: unknown): Row {
  const cells = new Map([['at', new Date(at).toISOString()]]);
  flatten(body, '', cells);
  return cells;
}

function flatten(value: unknown, path: string, cells: Map<string, string>): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) {
      flatten(inner, path === '' ? key : `${path}.${key}`, cells);
    }
    return;
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  cells.set(path === '' ? 'value' : path, text ?? '');
}

export function csvLine(cells: readonly string[]): string {
  return cells.map(cellOf).join(',');
}

const NUMBER = /^-?\d+(\.\d+)?$/;
/** The wide forms are taken for the narrow ones in places where they are typed. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** A text such as `=HYPERLINK(…)` gets a quote in front; a negative number stays one. */
function cellOf(text: string): string {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
