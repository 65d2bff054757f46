import type { Words } from '../i18n/words.ts';
import { duration } from './duration.ts';
import type { View } from './view.ts';

/** Older than this, a message says how old its news is. */
export const LATE_AFTER_MS = 30_000;

export function withLateMark(view: View, ageMs: number, t: Words): View {
  const [first, ...rest] = view.pages;
  if (ageMs < LATE_AFTER_MS || first === undefined) return view;
  return { ...view, pages: [`${t('late', { age: duration(ageMs, t) })}\n${first}`, ...rest] };
}
