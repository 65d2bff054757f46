/** Columns of figures in fixed width, as narrow as their contents allow. */
export type Align = 'left' | 'right';

/** Pads every cell to the width of its column and joins them by one space. */
export function alignRows(
  rows: readonly (readonly string[])[],
  aligns: readonly Align[],
  gap = ' ',
): string[] {
  const widths = aligns.map((_, column) =>
    Math.max(0, ...rows.map((row) => displayWidth(row[column] ?? ''))),
  );
  return rows.map((row) =>
    aligns
      .map((align, column) => pad(row[column] ?? '', widths[column] ?? 0, align))
      .join(gap)
      .trimEnd(),
  );
}

/**
 * One cell for each pair, `1,234→  567`: both figures end under those above them. A pair without a
 * second figure, such as the name of a column, is as wide and has no arrow.
 */
export function beforeAfter(pairs: readonly (readonly [string, string])[]): string[] {
  const rows = pairs.map(([before, after]) => [before, after === '' ? '' : '→', after]);
  return alignRows(rows, ['right', 'left', 'right'], '');
}

function pad(text: string, width: number, align: Align): string {
  const fill = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'left' ? text + fill : fill + text;
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/;

/** Chinese characters and full-width forms take two columns in a fixed-width font. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : 1;
  return width;
}
