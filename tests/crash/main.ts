/**
 * `npm run crash [-- --kills 50] [--seed 1] [--records 100000]`: the built service under load,
 * killed with SIGKILL at random moments and started again, while exchange and chat live on. Prints
 * JSON lines. The seed draws the moments and the load; processes keep their own time, so no two
 * runs are the same. With `--records` the journal holds as many from the start. SIGINT ends it
 * early, with the figures so far.
 */
import { parseArgs } from 'node:util';
import { type Figure, percentile, print } from '../bench/figure.ts';
import { buildService } from './build.ts';
import { CrashRun } from './run.ts';

const KILLS_MAX = 100_000;
const RECORDS_MAX = 10_000_000;
const SHOWN_MAX = 20;
const REPORT_EVERY = 10;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    records: { type: 'string', default: '0' },
  },
});
const kills = whole('--kills', values.kills, 1, KILLS_MAX);
const seed = whole('--seed', values.seed, 1, KILLS_MAX);
const earlier = whole('--records', values.records, 0, RECORDS_MAX);

let isAsked = false;
const stop = () => {
  isAsked = true;
};
process.once('SIGINT', stop).once('SIGTERM', stop);
const build = buildService();
const startedAt = performance.now();
const run = await CrashRun.begin(seed, build.main, earlier);
try {
  for (let i = 1; i <= kills && !isAsked; i += 1) {
    const known = run.books.violations.length;
    await run.killOnce();
    for (const violation of run.books.violations.slice(known, known + SHOWN_MAX)) {
      say({ kill: i, violation });
    }
    if (i % REPORT_EVERY === 0) say({ ...progress(), kills: i });
  }
  await run.finish();
} finally {
  await run.end();
  build.remove();
}
const { violations } = run.books;
for (const figure of figures()) print(figure);
for (const violation of violations.slice(0, SHOWN_MAX)) say({ violation });
const { failed } = run.tally;
if (violations.length > 0) {
  say({ violations: violations.length, folder: run.folder });
  const same = `--kills ${kills} --seed ${seed} --records ${earlier}`;
  say({ reproduce: `npm run crash -- ${same}` });
}
process.stdout.write(`${run.tally.kills + 1 - failed} passed, ${failed} failed\n`);
process.exitCode = violations.length > 0 ? 1 : 0;

function figures(): Figure[] {
  const { tally, books, promises, records } = run;
  const outcomes = [...books.intents.values()].map(({ outcome }) => outcome);
  const count = (kind: string) => outcomes.filter((outcome) => outcome === kind).length;
  const doubled = violations.filter((text) => text.startsWith('once')).length;
  const lost = violations.filter((text) => text.startsWith('told')).length;
  const figure = (name: string, value: number, unit: string, goal = '') => ({
    ...{ name, value, unit, goal },
  });
  return [
    figure('crash_kills', tally.kills, `SIGKILLs, ${tally.startKills} of them during the start`),
    figure('crash_intents', outcomes.length, `intents in ${records} records`),
    figure('crash_writes', books.writes, 'writes received by the exchange'),
    figure('crash_confirmed', count('confirmed'), 'intents'),
    figure('crash_rejected', count('rejected'), 'intents'),
    figure('crash_denied', count('denied'), 'intents, not sent'),
    figure('crash_open_at_kill', tally.openAtKill, 'intents without an outcome at a kill, summed'),
    figure('crash_torn_ends', tally.tornEnds, 'journals with a torn end'),
    figure('crash_acknowledged', promises.acknowledged, 'settings, pauses, approvals told in chat'),
    figure('crash_doubled', doubled, 'writes or permissions carried out twice', '0'),
    figure('crash_lost', lost, 'acknowledged and not kept', '0'),
    figure('crash_unresolved', tally.openAtEnd, 'intents without an outcome at the end', '0'),
    ...recoveryFigures(),
    figure('crash_stop_ms', tally.stopMs, 'ms from SIGTERM to exit 0', '< 10000'),
  ];
}

/** By the clock and in processor time: on a busy machine only the second says much. */
function recoveryFigures(): Figure[] {
  const { starts, startReadsMs } = run.tally;
  const walls = starts.map(({ ms }) => ms / 1_000);
  const own = walls.map((wallSeconds, i) => wallSeconds - (startReadsMs[i] ?? 0) / 1_000);
  const cpus = starts.map(({ cpuSeconds }) => cpuSeconds);
  const about = `over ${starts.length} starts at ${run.records} records`;
  const wall = `s from spawn to deciding, reads included, ${about}`;
  const without = `s from spawn to deciding, the exchange's reads taken off, ${about}`;
  const cpu = `s of processor time from spawn to deciding, ${about}`;
  return [
    { name: 'recovery_p50_s', value: percentile(walls, 50), unit: wall, goal: '' },
    { name: 'recovery_p99_s', value: percentile(walls, 99), unit: wall, goal: '' },
    { name: 'recovery_own_p50_s', value: percentile(own, 50), unit: without, goal: '' },
    { name: 'recovery_own_p99_s', value: percentile(own, 99), unit: without, goal: '< 2' },
    { name: 'recovery_max_s', value: Math.max(...walls), unit: wall, goal: '' },
    { name: 'recovery_cpu_p50_s', value: percentile(cpus, 50), unit: cpu, goal: '' },
    { name: 'recovery_cpu_p99_s', value: percentile(cpus, 99), unit: cpu, goal: '' },
  ];
}

function progress(): object {
  const { tally, books, promises, records } = run;
  return {
    seconds: Math.round((performance.now() - startedAt) / 1_000),
    records,
    intents: books.intents.size,
    writes: books.writes,
    acknowledged: promises.acknowledged,
    refills: tally.refills,
    violations: books.violations.length,
  };
}

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function whole(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
  throw new Error(`expected ${name} to be a whole number from ${min} to ${max}, was ${text}`);
}
