/**
 * `npm run sim -- --seeds 200 --hours 24 [--seed N] [--mutants]`: the service against a hostile
 * world, seed by seed. The last line says how many passed and how many failed, the one before it
 * the same and more for programs: `summary {…}`.
 */
import { parseArgs } from 'node:util';
import { messageOf } from '../../core/errors.ts';
import { systemClock } from '../../ops/clock.ts';
import { missingMarks } from './expected-marks.ts';
import { runMutants } from './mutants/run.ts';
import { progressBar } from './progress.ts';
import type { SeedResult } from './run-seed.ts';
import { runSeeds } from './seeds.ts';
import { FOUND_OUT_WITHIN_MS, linesOf, summaryOf } from './summary.ts';

const USAGE = `Usage: npm run sim -- [options]
  --seeds 200        how many seeds, one after the other
  --from 1           the first of them
  --seed 7           this one alone, with its trace where it fails
  --hours 24         how long each runs, on its own clock
  --workers 2        how many at a time
  --until-failure    ends at the first that fails
  --marks            counts of what was met
  --mutants          plants each known bug: some seed must notice it
  --only NAME        this planted bug alone`;
const WRONG_USAGE = 2;

const values = argumentsOrEnd();

function argumentsOrEnd() {
  try {
    const read = parse();
    if (!read.help) return read;
    say(USAGE);
    return process.exit(0);
  } catch (error) {
    const [what = ''] = messageOf(error).split('. ');
    process.stderr.write(`${what}\n${USAGE}\n`);
    return process.exit(WRONG_USAGE);
  }
}

function parse() {
  const { values: read } = parseArgs({
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
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return read;
}

/** Fewer seeds than this say nothing about what was never met, nor about the slowest of 100. */
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
  const progress = progressBar(count);
  const results = await runSeeds({
    seeds: Array.from({ length: count }, (_, i) => first + i),
    hours: Number(values.hours),
    workers: values.workers === undefined ? undefined : Number(values.workers),
    stopsAtFailure: values['until-failure'],
    onResult: (result) => {
      progress.clear();
      tell(result, count === 1);
      progress.step();
    },
  }).finally(progress.stop);
  process.exitCode = conclude(results, systemClock.monotonicMs() - startedMs);
}

/** Says what all seeds together have shown. @returns the exit code. */
function conclude(results: readonly SeedResult[], tookMs: number): number {
  const summary = summaryOf(results, tookMs);
  for (const line of linesOf(summary)) say(line);
  const isMany = results.length >= SEEDS_FOR_COVERAGE;
  const missing = isMany ? missingMarks(results) : [];
  for (const mark of missing) say(`never met: ${mark}`);
  const isSlow = isMany && summary.foundOutAfterMs.p99 > FOUND_OUT_WITHIN_MS;
  if (isSlow) say(`too slow: expected 99 % within ${FOUND_OUT_WITHIN_MS} ms`);
  if (values.marks) say(JSON.stringify(totals(results), null, 1));
  say(`summary ${JSON.stringify({ ...summary, missing })}`);
  const failed = summary.failedSeeds.length;
  say(`${results.length - failed} passed, ${failed} failed`);
  return failed > 0 || missing.length > 0 || isSlow ? 1 : 0;
}

function totals(results: readonly SeedResult[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { marks } of results) {
    for (const [name, count] of Object.entries(marks)) sums[name] = (sums[name] ?? 0) + count;
  }
  return sums;
}

await (values.mutants ? plant() : main());
