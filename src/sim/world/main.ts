/**
 * `npm run sim -- --seeds 200 --hours 24 [--seed N] [--mutants]`: the service against a hostile
 * world, seed by seed. The last line says how many passed and how many failed.
 */
import { parseArgs } from 'node:util';
import { systemClock } from '../../ops/clock.ts';
import { missingMarks } from './expected-marks.ts';
import { runMutants } from './mutants/run.ts';
import { runSeeds } from './seeds.ts';
import type { SeedResult } from './simulation.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    hours: { type: 'string', default: '24' },
    seed: { type: 'string' },
    from: { type: 'string', default: '1' },
    workers: { type: 'string' },
    marks: { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
    only: { type: 'string' },
    'until-failure': { type: 'boolean', default: false },
  },
});

/** With fewer seeds than this nothing is said about what was never met. */
const SEEDS_FOR_COVERAGE = 100;
const TRACE_LINES = 60;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function command({ seed, hours }: SeedResult): string {
  return `npm run sim -- --seed ${seed} --hours ${hours}`;
}

function tell(result: SeedResult, isAlone: boolean): void {
  const { seed, hash, violations, counts, trace, events } = result;
  const isFailed = violations.length > 0;
  if (!isFailed && !isAlone) return;
  const facts = `${counts.intents} intents, ${counts.crashes} crashes, ${events} events`;
  say(`seed ${seed} ${isFailed ? 'FAILED' : 'passed'}: ${facts}, hash ${hash}`);
  for (const { check, detail, atHours } of violations.slice(0, isAlone ? 20 : 3)) {
    say(`  ${check} at ${atHours.toFixed(3)} h: ${detail}`);
  }
  if (isFailed) say(`  again: ${command(result)}`);
  if (isFailed && isAlone) for (const line of trace.slice(-TRACE_LINES)) say(`    ${line}`);
}

function sumUp(results: readonly SeedResult[], tookMs: number): void {
  const sum = (of: (result: SeedResult) => number): number =>
    results.reduce((total, result) => total + of(result), 0);
  const hours = sum((result) => result.hours);
  const effects = `${sum(({ counts }) => counts.effects)} carried out`;
  const unknowns = `${sum(({ counts }) => counts.unknowns)} of unknown outcome`;
  say(`${hours} simulated hours in ${(tookMs / 1_000).toFixed(0)} s`);
  say(`${sum(({ counts }) => counts.intents)} intents, ${effects}, ${unknowns}`);
  const resolved = results.flatMap(({ resolvedAfterMs }) => resolvedAfterMs).sort((a, b) => a - b);
  const within = (share: number): string =>
    `${((resolved[Math.floor(share * resolved.length)] ?? 0) / 1_000).toFixed(1)} s`;
  say(`unknown outcomes known again: half within ${within(0.5)}, 99 % within ${within(0.99)}`);
  say(`${sum(({ counts }) => counts.crashes)} crashes`);
  const busiest = Math.max(...results.map((result) => result.busiest));
  const share = `${(100 * busiest).toFixed(0)} %`;
  say(`${sum(({ counts }) => counts.requests)} requests, at most ${share} of any limit`);
}

/** Each planted bug must be noticed by one of the seeds. */
async function plant(): Promise<void> {
  const options = { seeds: Number(values.seeds), hours: Number(values.hours), only: values.only };
  const verdicts = await runMutants(options, ({ mutant, caughtBy, words }) => {
    const check = /^ {2}(.*)$/m.exec(words)?.[1] ?? words.slice(-300);
    const found = caughtBy === null ? 'NOT CAUGHT' : `seed ${caughtBy}: ${check.slice(0, 100)}`;
    say(`${mutant.name} (${mutant.file}): ${found}`);
  });
  const missed = verdicts.filter(({ caughtBy }) => caughtBy === null).length;
  say(`${verdicts.length - missed} passed, ${missed} failed`);
  process.exitCode = missed > 0 ? 1 : 0;
}

async function main(): Promise<void> {
  const startedMs = systemClock.monotonicMs();
  const first = Number(values.seed ?? values.from);
  const count = values.seed === undefined ? Number(values.seeds) : 1;
  const results = await runSeeds({
    seeds: Array.from({ length: count }, (_, i) => first + i),
    hours: Number(values.hours),
    workers: values.workers === undefined ? undefined : Number(values.workers),
    stopsAtFailure: values['until-failure'],
    onResult: (result) => tell(result, count === 1),
  });
  sumUp(results, systemClock.monotonicMs() - startedMs);
  const failed = results.filter(({ violations }) => violations.length > 0).length;
  const missing = results.length >= SEEDS_FOR_COVERAGE ? missingMarks(results) : [];
  for (const mark of missing) say(`never met: ${mark}`);
  if (values.marks) say(JSON.stringify(totals(results), null, 1));
  say(`${results.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || missing.length > 0 ? 1 : 0;
}

function totals(results: readonly SeedResult[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { marks } of results) {
    for (const [name, count] of Object.entries(marks)) sums[name] = (sums[name] ?? 0) + count;
  }
  return sums;
}

await (values.mutants ? plant() : main());
