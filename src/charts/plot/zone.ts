/** Local time of a zone without a library: the offset from UTC, asked of Intl. */
import { MINUTE_MS } from '../../core/time.ts';

/** An IANA name, or minutes east of UTC. */
export type Zone = string | number;

const formats = new Map<string, Intl.DateTimeFormat>();
const FORMATS_MAX = 50;

export function isZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** Ms to add to a moment to read local time off a UTC calendar. */
export function offsetMs(zone: Zone, at: number): number {
  if (typeof zone === 'number') return zone * MINUTE_MS;
  const parts = formatOf(zone).formatToParts(at);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return local - Math.floor(at / 1000) * 1000;
}

/** `UTC+8`, `UTC−3:30`, `UTC`. */
export function zoneText(zone: Zone, at: number): string {
  const minutes = Math.round(offsetMs(zone, at) / MINUTE_MS);
  if (minutes === 0) return 'UTC';
  const sign = minutes < 0 ? '−' : '+';
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  return `UTC${sign}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

function formatOf(name: string): Intl.DateTimeFormat {
  const known = formats.get(name);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  if (formats.size >= FORMATS_MAX) formats.clear();
  formats.set(name, made);
  return made;
}
