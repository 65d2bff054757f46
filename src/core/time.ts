/** Spans of time in milliseconds; a moment is ms since 1970 UTC in a plain number named `…At`. */
export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** `2026-11-21` of a moment, in UTC: names daily files and statistics. */
export function utcDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
