/** The entry: reads arguments and environment, runs what was asked for, and sets the exit code. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startApp } from './app.ts';
import { type ChartSpec, createCharts } from './charts/index.ts';
import { demoConfig } from './config/demo.ts';
import { loadConfig } from './config/load.ts';
import type { Config } from './config/schema.ts';
import { BallastError, messageOf } from './core/errors.ts';
import { redact } from './core/redact.ts';
import { systemClock } from './ops/clock.ts';
import { createLogger } from './ops/logger.ts';
import { onShutdown } from './ops/shutdown.ts';
import { startSimulators } from './sim/index.ts';
import { dataCommand, isAlive } from './storage/index.ts';

const USAGE = `Usage:
  ballast --config config/config.yaml [--dry-run]   run the service
  ballast demo                                      everything simulated, with a chat page
  ballast simulator                                 only the simulated exchange and chat
  ballast replay --help                             policies against real and generated crashes
  ballast data verify|repair|export|prune           look after a data folder
  ballast health --data data                        exit code 0 while the service is well
  ballast --version                                 which version this is`;

const SHUTDOWN_MS = 10_000;
/** Exit code of a process that a signal ended before it was ready; 2 is for wrong arguments. */
const INTERRUPTED = 130;
const WRONG_USAGE = 2;
/** Four signs of life missed in a row. */
const UNHEALTHY_MS = 60_000;

async function main(): Promise<void> {
  const [first, ...options] = process.argv.slice(2);
  if (first === 'replay') {
    // Loaded on demand: the service starts without it.
    const { replayCommand } = await import('./sim/replay/main.ts');
    process.exitCode = await replayCommand(options, drawOnce);
    return;
  }
  if (first === 'data') {
    // On standard error: a table on standard output stays one.
    const log = createLogger({ level: 'warn', secrets: [] });
    process.exitCode = await dataCommand(options, { clock: systemClock, log, say });
    return;
  }
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      config: { type: 'string', default: 'config/config.yaml' },
      'dry-run': { type: 'boolean', default: false },
      data: { type: 'string', default: 'data' },
      help: { type: 'boolean', short: 'h', default: false },
      version: { type: 'boolean', default: false },
    },
  });
  if (values.version) {
    say(version());
    return;
  }
  const [command = 'run', ...rest] = positionals;
  if (values.help || rest.length > 0) {
    say(USAGE);
    process.exitCode = values.help ? 0 : WRONG_USAGE;
    return;
  }
  switch (command) {
    case 'run':
      await serve(loadConfig(values.config, process.env), values['dry-run']);
      return;
    case 'demo':
      await demo(values['dry-run']);
      return;
    case 'simulator':
      await simulate(demoConfig(process.env, 'data'));
      return;
    case 'health':
      process.exitCode = (await isAlive(values.data, systemClock.now(), UNHEALTHY_MS)) ? 0 : 1;
      return;
    default:
      say(`expected one of these commands, was ${JSON.stringify(command)}\n${USAGE}`);
      process.exitCode = WRONG_USAGE;
  }
}

/** Each demo begins afresh, in a folder of its own that goes with it, unless one is named. */
async function demo(pinnedDryRun: boolean): Promise<void> {
  const named = process.env['DEMO_DATA_DIR'];
  const dir = named ? named : mkdtempSync(join(tmpdir(), 'ballast-demo-'));
  // Writes that are under way may still put something into it: removing is tried again.
  const remove = () => rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  if (!named) process.once('exit', remove);
  await serve(demoConfig(process.env, dir), pinnedDryRun);
}

async function serve(config: Config, pinnedDryRun: boolean): Promise<void> {
  const ready = endAtOnceUntilReady();
  const app = await startApp({ config, version: version(), pinnedDryRun, say, onFatal: fail });
  ready();
  onShutdown(async (signal) => app.stop(signal), { timeoutMs: SHUTDOWN_MS, log: app.log });
  const chat = app.chatUrl ?? 'telegram';
  const exchange = app.exchangeUrl ?? config.exchange;
  say(`ready chat=${chat} exchange=${exchange}`);
}

async function simulate(config: Config): Promise<void> {
  const log = createLogger({ ...config.logging, secrets: [] });
  const { candles_dir: candlesDir, ...market } = config.simulator;
  const exchange = { ...market, ...(candlesDir === undefined ? {} : { candlesDir }) };
  const ready = endAtOnceUntilReady();
  const chat = config.local_chat;
  const running = await startSimulators({ exchange, chat, clock: systemClock, log });
  ready();
  onShutdown(() => running.close(), { timeoutMs: SHUTDOWN_MS, log });
  say(`ready chat=${running.chat?.pageUrl} exchange=${running.exchange?.url}`);
}

/**
 * A signal during the start ends the process there and then: nothing is decided yet, and what has
 * to be cleaned up is cleaned up by the listeners of `exit`. So does an error that nobody awaits;
 * node itself would print all of its fields. Returns what ends this.
 */
function endAtOnceUntilReady(): () => void {
  const end = (): never => process.exit(INTERRUPTED);
  process.once('SIGINT', end).once('SIGTERM', end).once('uncaughtException', fail);
  return () => process.off('SIGINT', end).off('SIGTERM', end).off('uncaughtException', fail);
}

/** One picture from a drawing process of its own. */
async function drawOnce(spec: ChartSpec): Promise<Uint8Array> {
  const log = createLogger({ level: 'warn', secrets: [] });
  const charts = createCharts({ clock: systemClock, log });
  try {
    return await charts.render(spec);
  } finally {
    await charts.close();
  }
}

function version(): string {
  const file = new URL('../package.json', import.meta.url);
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The last word of a process that cannot go on. Other people's errors may hold a bot token. */
function fail(error: unknown): never {
  if (isAboutArguments(error)) {
    // The rest of the sentence is about positional arguments that begin with a dash.
    const [what = ''] = error.message.split('. ');
    process.stderr.write(`${what}\n${USAGE}\n`);
    process.exit(WRONG_USAGE);
  }
  const known = error instanceof BallastError;
  process.stderr.write(`${known ? '' : 'unexpected: '}${redact(messageOf(error))}\n`);
  process.exit(1);
}

function isAboutArguments(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /^ERR_PARSE_ARGS_/.test(String(error.code));
}

// Whoever read along, such as `head`, has seen enough: what runs goes on.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') fail(error);
});
main().catch(fail);
