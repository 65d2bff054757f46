/**
 * `npm run bench [-- --only NAME] [-- --minutes 10]`: one JSON line per figure.
 * Figures hold for the machine they were measured on; compare ratios, not single numbers.
 */
import { parseArgs } from 'node:util';
import { chatSpeed, positionsRender } from './chat.ts';
import { decide1000, decideScaling, emergencyTick1000 } from './decisions.ts';
import { type Figure, print } from './figure.ts';
import { frameToWire, HEAVY_LOAD, namesOf, USUAL_LOAD } from './frame-to-wire.ts';
import { readyTime, residentMemory } from './processes.ts';
import { recoveryTime } from './recovery.ts';
import { soak } from './soak.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    minutes: { type: 'string', default: '1' },
  },
});
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new Error(`expected --minutes above 0, was ${values.minutes}`);

/** Each entry measures one or more figures, named by what they print. */
const BENCHES: readonly (readonly [string[], () => Promise<Figure[]>])[] = [
  [['decide_1000_p99_ms'], async () => [decide1000()]],
  [['decide_100_p50_ms', 'decide_1000_p50_ms', 'decide_10000_p50_ms'], async () => decideScaling()],
  [['emergency_tick_1000_p99_us'], async () => [emergencyTick1000()]],
  [['ready_s'], async () => [await readyTime()]],
  [namesOf(USUAL_LOAD), () => frameToWire(minutes, USUAL_LOAD)],
  [namesOf(HEAVY_LOAD), () => frameToWire(minutes, HEAVY_LOAD)],
  [['command_answer_p99_ms', 'panic_p99_ms'], () => chatSpeed(minutes)],
  [['positions_200_render_p99_ms'], async () => [positionsRender()]],
  [['rss_mb'], async () => [await residentMemory(minutes)]],
  [['recovery_s', 'recovery_journal_cpu_s'], () => recoveryTime()],
  [['soak_rss_slope_mb_per_h'], () => soakFigures()],
];

/** A day of market in ten minutes, or as much of it as the minutes asked for give. */
async function soakFigures(): Promise<Figure[]> {
  return [...(await soak({ hours: 2.4 * minutes, minutes, seed: 1 })).figures];
}

let ran = 0;
for (const [names, run] of BENCHES) {
  if (values.only !== undefined && !names.includes(values.only)) continue;
  ran += 1;
  for (const figure of await run()) print(figure);
}
if (ran === 0) {
  const known = BENCHES.flatMap(([names]) => names).join(', ');
  throw new Error(`expected --only to be one of ${known}, was ${values.only}`);
}
