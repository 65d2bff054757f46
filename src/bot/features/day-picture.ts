/** The picture of a day's report: equity and free balance. */
import type { EngineDoor } from '../../engine/door.ts';
import type { Charts } from '../context.ts';
import type { Words } from '../i18n/words.ts';
import { chartSpec } from '../views/chart.ts';

const SAMPLES_MAX = 300;

/** PNG; null where there are no pictures or nothing to draw. @throws when drawing fails */
export async function dayPicture(
  { door, charts }: { readonly door: EngineDoor; readonly charts: Charts | null },
  fromAt: number,
  toAt: number,
  t: Words,
): Promise<Uint8Array | null> {
  if (!charts || fromAt >= toAt) return null;
  const samples = await door.samples(fromAt, toAt, SAMPLES_MAX);
  if (samples.length < 2) return null;
  const wish = { kind: 'equity', span: '24h', theme: 'dark', symbol: null } as const;
  const { thresholds } = door.settings().effective;
  const spec = chartSpec({ wish, samples, fromAt, toAt, thresholds }, t);
  return spec && (await charts.render(spec));
}
