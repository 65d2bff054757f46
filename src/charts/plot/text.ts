/** Text in the pictures: one font, sizes for a phone, and widths without a rendering engine. */

export const FONT = 'DejaVu Sans Condensed';
/** A phone shows the 800 wide picture at about 400, so this is 13 to its reader. */
export const FONT_PX = 26;
export const LINE_PX = 32;

const NARROW = new Set("iIljt.,:;'|!()[] ");
const WIDE = new Set('MWmw@%ΣG○●◆⚠⚡✖▲▼');

/** An upper estimate of the width in CSS pixels, from the advances of the bold condensed font. */
export function widthOf(text: string, fontPx = FONT_PX): number {
  let ems = 0;
  for (const sign of text) ems += NARROW.has(sign) ? 0.38 : WIDE.has(sign) ? 0.92 : 0.66;
  return ems * fontPx;
}

/** Shortens a text with an ellipsis until it fits; a single sign stays. */
export function fitted(text: string, widthPx: number): string {
  let kept = [...text];
  if (kept.length <= 1 || widthOf(text) <= widthPx) return text;
  while (kept.length > 1 && widthOf(`${kept.join('')}…`) > widthPx) kept = kept.slice(0, -1);
  return `${kept.join('')}…`;
}
