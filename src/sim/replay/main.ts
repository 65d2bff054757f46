/** `npm run replay`: how the policies of the balancer do in crashes, beside the limits. */
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { Presets, SingleBar } from 'cli-progress';
import type { ChartSpec } from '../../charts/index.ts';
import { survivalChart } from './chart.ts';
import { REPLAY_USAGE, ReplayUsageError, replayOptions } from './options.ts';
import { replay } from './replay.ts';
import { pooled } from './rows.ts';
import { pooledTable, tableOf } from './table.ts';

/** What a shell reports for a program ended by SIGINT. */
const INTERRUPTED = 130;

/** Draws a picture and cleans up after itself. */
export type DrawChart = (spec: ChartSpec) => Promise<Uint8Array>;

/** @returns the exit code. @throws BallastError on data that cannot be used. */
export async function replayCommand(args: readonly string[], draw: DrawChart): Promise<number> {
  const options = optionsOf(args);
  if (typeof options === 'number') return options;
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.on('SIGINT', onSignal);
  const progress = progressBar();
  try {
    const { rows, isComplete, notes, deaths } = await replay(options, {
      signal: stop.signal,
      onProgress: progress.update,
    });
    progress.stop();
    for (const note of notes) process.stderr.write(`${note}\n`);
    if (!isComplete) process.stderr.write('stopped early: the rows below are partial\n');
    const text = options.json
      ? JSON.stringify(rows, null, 1)
      : `${tableOf(rows)}\n\n${pooledTable(pooled(rows))}`;
    process.stdout.write(`${text}\n`);
    for (const death of deaths) process.stderr.write(`\n${death}\n`);
    if (options.chart !== null) await writeFile(options.chart, await draw(survivalChart(rows)));
    return isComplete ? 0 : INTERRUPTED;
  } finally {
    progress.stop();
    process.off('SIGINT', onSignal);
  }
}

function optionsOf(args: readonly string[]) {
  try {
    const options = replayOptions(args, availableParallelism());
    if (options) return options;
    process.stdout.write(`${REPLAY_USAGE}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof ReplayUsageError)) throw error;
    process.stderr.write(`${error.message}\n${REPLAY_USAGE}\n`);
    return 2;
  }
}

/** On a terminal only, and beside the results: standard output is for rows. */
function progressBar() {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const format = 'replay {bar} {percentage} %  {value}/{total}  {eta_formatted} left';
  const bar = new SingleBar({ format, stream: process.stderr }, Presets.shades_classic);
  let isStarted = false;
  return {
    update(done: number, total: number): void {
      if (!isStarted) bar.start(total, done);
      else bar.update(done);
      isStarted = true;
    },
    stop(): void {
      if (isStarted) bar.stop();
      isStarted = false;
    },
  };
}
