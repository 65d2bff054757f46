/** Figures of whole processes: time until ready, and resident memory under load. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Figure } from './figure.ts';

const READY_MS = 60_000;
/** As in package.json and the Dockerfile. */
const NODE_FLAGS = ['--max-semi-space-size=4', '--heap-growing-percent=30'];

export interface Running {
  readonly process: ChildProcess;
  /** The line the process printed when it was ready. */
  readonly line: string;
  stop(): Promise<void>;
}

/**
 * Starts an entry, TypeScript or built, and waits for its first line that begins with the given
 * word.
 */
export async function run(
  script: string,
  options: { args?: string[]; env?: Record<string, string>; word?: string } = {},
): Promise<Running> {
  const loader = script.endsWith('.ts') ? ['--import', 'tsx'] : [];
  const args = [...NODE_FLAGS, ...loader, script, ...(options.args ?? [])];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // A measurement that fails must not leave the other process running.
  process.once('exit', () => child.kill('SIGKILL'));
  const stop = async () => {
    if (child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  };
  const timer = setTimeout(() => child.kill('SIGKILL'), READY_MS);
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith(options.word ?? 'ready')) continue;
    clearTimeout(timer);
    child.stdout.resume();
    return { process: child, line, stop };
  }
  throw new Error(`expected ${script} to become ready, it ended`);
}

/** From start to the `ready` line of the demo. */
export async function readyTime(runs = 5): Promise<Figure> {
  const sample: number[] = [];
  for (let i = 0; i < runs; i += 1) {
    const startedAt = performance.now();
    const demo = await run('src/main.ts', {
      args: ['demo'],
      env: { DEMO_CHAT_PORT: '0', DEMO_EXCHANGE_PORT: '0' },
    });
    sample.push((performance.now() - startedAt) / 1_000);
    await demo.stop();
  }
  return { name: 'ready_s', value: Math.max(...sample), unit: 's', goal: '< 5' };
}

export interface Exchange {
  readonly url: string;
  readonly wsUrl: string;
  stop(): Promise<void>;
}

/** The simulated exchange in a process of its own, under a steady stream of frames. */
export async function startLoad(options: {
  positions: number;
  framesPerSecond: number;
  limitFactor?: number;
  leverage?: number;
}): Promise<Exchange> {
  const { positions, framesPerSecond, limitFactor = 1, leverage = 9 } = options;
  const child = await run('tests/bench/exchange-process.ts', {
    args: [positions, framesPerSecond, limitFactor, leverage].map(String),
    word: '{',
  });
  const { url, wsUrl } = JSON.parse(child.line) as { url: string; wsUrl: string };
  return { url, wsUrl, stop: child.stop };
}

export interface Service {
  readonly chatUrl: string;
  stop(): Promise<void>;
}

/** The real service with the chat emulator, against a simulated exchange of its own process. */
export async function startService(exchange: Exchange): Promise<Service> {
  const folder = mkdtempSync(join(tmpdir(), 'ballast-bench-'));
  const config = join(folder, 'config.yaml');
  writeFileSync(config, configFor(exchange, folder));
  const service = await run('src/main.ts', { args: ['--config', config] });
  const chatUrl = /chat=(\S+)/.exec(service.line)?.[1];
  if (!chatUrl) throw new Error(`expected the chat's address, was ${service.line}`);
  const stop = async () => {
    await service.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { chatUrl, stop };
}

/** Resident memory of the built service with 200 positions at 2,000 frames a second. */
export async function residentMemory(minutes: number): Promise<Figure> {
  execFileSync('npm', ['run', '--silent', 'build']);
  const exchange = await startLoad({ positions: 200, framesPerSecond: 2_000 });
  const folder = mkdtempSync(join(tmpdir(), 'ballast-bench-'));
  const config = join(folder, 'config.yaml');
  writeFileSync(config, configFor(exchange, folder));
  const service = await run('dist/main.js', { args: ['--config', config] });
  let peakMb = 0;
  const deadline = performance.now() + minutes * 60_000;
  while (performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    peakMb = Math.max(peakMb, residentMb(service.process.pid ?? 0));
  }
  await service.stop();
  await exchange.stop();
  rmSync(folder, { recursive: true, force: true });
  return { name: 'rss_mb', value: peakMb, unit: 'MB', goal: '< 200' };
}

function configFor(exchange: Exchange, folder: string): string {
  return JSON.stringify({
    exchange: 'bitfinex',
    chat: 'local',
    bitfinex: {
      api_key: 'demo-key',
      api_secret: 'demo-secret',
      rest_url: exchange.url,
      public_rest_url: exchange.url,
      ws_url: exchange.wsUrl,
      public_ws_url: exchange.wsUrl,
    },
    local_chat: { port: 0 },
    storage: { dir: folder },
    logging: { level: 'info', file: join(folder, 'ballast.log') },
    monitor: { subscription: 'all', poll_interval_sec: 15 },
    liquidation: { dry_run: false },
  });
}

function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(status)?.[1];
  return Number(kilobytes ?? 0) / 1_024;
}
