/** Figures for axes and labels: short, the same in every language, a real minus sign. */

const SUFFIXES = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** `12.4k`, `−350`, `0.00213`: about three significant digits. */
export function short(value: number): string {
  const size = Math.abs(value);
  const [unit, suffix] = SUFFIXES.find(([least]) => size >= least * 0.9995) ?? [1, ''];
  const scaled = size / unit;
  const decimals = scaled === 0 ? 0 : Math.min(8, Math.max(0, 2 - Math.floor(Math.log10(scaled))));
  return `${value < 0 ? '−' : ''}${trimmed(scaled.toFixed(decimals))}${suffix}`;
}

/** A price with the digits that its size deserves: `64,210`, `1.0834`, `0.0002195`. */
export function price(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e7) return short(value);
  const digits = size === 0 ? 0 : (size < 0.01 ? 3 : 4) - Math.floor(Math.log10(size));
  const text = size.toFixed(Math.min(10, Math.max(0, digits)));
  return `${value < 0 ? '−' : ''}${grouped(trimmed(text))}`;
}

/** A rate or distance without its sign: `2.14`, `14.2`, `133`. */
export function percent(value: number): string {
  const size = Math.abs(value);
  const decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  return size >= 1e4 ? short(value) : `${value < 0 ? '−' : ''}${size.toFixed(decimals)}`;
}

/** Figures of one axis share their decimals and their suffix, so that they can be compared. */
export function axisFigures(ticks: readonly number[], step: number): string[] {
  const largest = Math.max(0, ...ticks.map(Math.abs));
  const suffixed = SUFFIXES.find(([least]) => largest >= least * 10) ?? [1, ''];
  const [unit, suffix] = decimalsOf(step / suffixed[0]) > 2 ? [1, ''] : suffixed;
  const decimals = decimalsOf(step / unit);
  return ticks.map((tick) => {
    const text = grouped((Math.abs(tick) / unit).toFixed(decimals));
    return `${tick < 0 ? '−' : ''}${text}${tick === 0 ? '' : suffix}`;
  });
}

/** Decimals that show a step exactly, up to ten: 1 for 2.5, 2 for 0.25. */
function decimalsOf(step: number): number {
  for (let decimals = 0; decimals < 10; decimals += 1) {
    const scaled = step * 10 ** decimals;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * scaled) return decimals;
  }
  return 10;
}

/** `64210.5` → `64,210.5`. */
function grouped(text: string): string {
  const [whole = '', rest] = text.split('.');
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return rest === undefined ? thousands : `${thousands}.${rest}`;
}

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
