import type { Words } from '../i18n/words.ts';

/** `45 s`, `12 min`, `3 h 20 min`, `2 d 4 h` in the reader's language. */
export function duration(ms: number, t: Words): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 100) return t.plain('span-seconds', { n: seconds });
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return t.plain('span-minutes', { n: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return t.plain('span-hours', { h: hours, m: minutes % 60 });
  return t.plain('span-days', { d: Math.floor(hours / 24), h: hours % 24 });
}

/** An age, or a dash while there is none. */
export function age(ms: number | null, t: Words): string {
  return ms === null ? '–' : duration(ms, t);
}
