/** The service as a process that can be killed. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_FLAGS } from './build.ts';
import { cpuSecondsOf } from './cpu-time.ts';

const READY_MS = 60_000;
const OUTPUT_MAX = 20_000;

export interface ServiceOptions {
  /** The entry, TypeScript or built. */
  readonly main: string;
  readonly config: string;
  /** For node itself. */
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A command that runs the rest of its line somewhere else, as the same process. */
  readonly entry?: readonly string[];
}

export interface Start {
  readonly ms: number;
  /** Of processor time, all threads together. */
  readonly cpuSeconds: number;
}

export class Service {
  readonly child: ChildProcess;
  /** From the spawn to the `ready` line; rejects when the process ends before. */
  readonly ready: Promise<Start>;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  #output = '';

  constructor({ main, config, flags = [], env = {}, entry = [] }: ServiceOptions) {
    const startedAt = performance.now();
    const loader = main.endsWith('.ts') ? ['--import', 'tsx'] : [];
    const run = [process.execPath, ...NODE_FLAGS, ...flags, ...loader, main, '--config', config];
    const [file = '', ...args] = [...entry, ...run];
    this.child = spawn(file, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.ended = once(this.child, 'exit').then(([code, signal]: unknown[]) => ({
      code: code as number | null,
      signal: signal as string | null,
    }));
    this.ready = new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`not ready: ${this.output}`)), READY_MS);
      const take = (chunk: Buffer) => {
        this.#output = (this.#output + chunk.toString()).slice(-OUTPUT_MAX);
        if (!/^ready /m.test(this.#output)) return;
        // The process may be gone by the time its line is read: then the promise rejects.
        if (this.child.pid === undefined || this.isGone) return;
        const ms = performance.now() - startedAt;
        resolve({ ms, cpuSeconds: cpuSecondsOf(this.child.pid) });
      };
      this.child.stdout?.on('data', take);
      this.child.stderr?.on('data', take);
      void this.ended.then(() => {
        clearTimeout(late);
        reject(new Error(`ended before it was ready: ${this.output}`));
      });
    });
    // Whoever kills the process during its start does not wait for this.
    this.ready.catch(() => undefined);
  }

  /** What it printed last. */
  get output(): string {
    return this.#output;
  }

  get isGone(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<{ code: number | null; took: number }> {
    const askedAt = performance.now();
    this.child.kill(signal);
    const { code } = await this.ended;
    return { code, took: performance.now() - askedAt };
  }
}

/** `data verify` as a person would run it. @returns what it printed when it found damage */
export function verifyFolder(main: string, folder: string): string | null {
  try {
    execFileSync(process.execPath, [main, 'data', 'verify', '--data', folder]);
    return null;
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout ?? error);
  }
}

export interface Connections {
  readonly url: string;
  readonly wsUrl: string;
  readonly chatUrl: string;
}

/** The bot's only owner, as the chat emulator knows them. */
const OWNER_ID = 1001;

/** Eager settings: much is moved, often, and reductions wait for a person. */
export function writeConfig(folder: string, to: Connections, data: string): string {
  const path = join(folder, 'config.yaml');
  const config = {
    exchange: 'bitfinex',
    chat: 'telegram',
    bitfinex: {
      api_key: 'demo-key',
      api_secret: 'demo-secret',
      rest_url: to.url,
      public_rest_url: to.url,
      ws_url: to.wsUrl,
      public_ws_url: to.wsUrl,
    },
    telegram: {
      bot_token: '1000000001:DEMO-TOKEN-OF-THE-LOCAL-CHAT-000000',
      api_root: to.chatUrl,
      owner_ids: [OWNER_ID],
    },
    storage: { dir: data },
    logging: { level: 'info', file: join(folder, 'ballast.log') },
    monitor: { poll_interval_sec: 5, subscription: 'all' },
    thresholds: { min_adjustment_usdt: 1, min_deviation_pct: 0.5 },
    emergency: { relative_trigger: 0.95 },
    liquidation: { dry_run: false, cooldown_seconds: 0, safety_margin_multiplier: 5 },
  };
  writeFileSync(path, JSON.stringify(config));
  return path;
}
