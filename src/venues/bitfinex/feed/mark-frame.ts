/**
 * Reads a frame of the status channel without parsing it whole: thousands arrive each second and
 * only two of their 23 fields matter. The price stays the text it was on the wire.
 *
 *   [335856,[1596124822000,null,0.896,0.771995,null,1396531.67,…,0.7664,null,…]]
 *      ↑          ↑ MTS, field 0                      MARK_PRICE, field 14 ↑
 */
export type MarkFrame =
  | { readonly kind: 'mark'; readonly chanId: number; readonly at: number; readonly price: string }
  | { readonly kind: 'heartbeat' }
  /** An event object or another form of array: read it slowly. */
  | { readonly kind: 'other' };

const MARK_AT = 14;
const HEARTBEAT: MarkFrame = { kind: 'heartbeat' };
const OTHER: MarkFrame = { kind: 'other' };

export function readMarkFrame(text: string): MarkFrame {
  const comma = text.indexOf(',');
  if (text[0] !== '[' || comma < 2) return OTHER;
  const chanId = Number(text.slice(1, comma));
  if (!Number.isSafeInteger(chanId)) return OTHER;
  if (text.startsWith('"hb"', comma + 1)) return HEARTBEAT;
  const start = comma + 2;
  // A flat payload only: with strings or nested arrays inside, counting commas would miscount.
  const isFlat =
    text[comma + 1] === '[' &&
    text.indexOf('[', start) < 0 &&
    text.indexOf('"', start) < 0 &&
    text.endsWith(']');
  const end = isFlat ? text.indexOf(']', start) : -1;
  if (end < 0) return OTHER;
  const firstEnd = text.indexOf(',', start);
  let from = start;
  for (let field = 0; field < MARK_AT; field += 1) {
    from = text.indexOf(',', from) + 1;
    if (from === 0 || from > end) return OTHER;
  }
  const next = text.indexOf(',', from);
  const price = text.slice(from, next < 0 || next > end ? end : next);
  return { kind: 'mark', chanId, at: Number(text.slice(start, firstEnd)), price };
}
