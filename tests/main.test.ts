/** The entry when something is wrong: what it tells people, and that it leaves nothing behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { tempFolder } from './support/temp-folder.ts';

const PATIENCE_MS = 60_000;
const FREE_PORTS = { DEMO_CHAT_PORT: '0', DEMO_EXCHANGE_PORT: '0', DEMO_SCENARIO: 'calm' };

class Run {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  output = '';

  /** `early` is code that runs in the process before its own. */
  constructor(
    args: readonly string[],
    environment: Record<string, string> = {},
    early: readonly string[] = [],
  ) {
    const { PATH = '', HOME = '' } = process.env;
    const code = early.length === 0 ? [] : ['--import', `data:text/javascript,${early.join(' ')}`];
    this.child = spawn(process.execPath, [...code, '--import', 'tsx', 'src/main.ts', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH, HOME, ...environment },
    });
    const take = (chunk: Buffer): void => {
      this.output += chunk.toString();
    };
    this.child.stdout?.on('data', take);
    this.child.stderr?.on('data', take);
    this.ended = once(this.child, 'close').then(([code]: unknown[]) => code as number | null);
    onTestFinished(() => void this.child.kill('SIGKILL'));
  }
}

async function until(condition: () => boolean, run: Run): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`waited in vain: ${run.output}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

const demoFolders = (folder: string) =>
  readdirSync(folder).filter((name) => name.startsWith('ballast-demo-'));

describe('arguments', () => {
  test.each([
    [['--nope'], "Unknown option '--nope'"],
    [['data', 'verify', '--nope'], "Unknown option '--nope'"],
    [['nope'], 'expected one of these commands, was "nope"'],
  ])(
    'that are wrong are named, with the usage: %j',
    async (args, reason) => {
      const run = new Run(args);
      expect(await run.ended).toBe(2);
      const [first, second] = run.output.split('\n');
      expect([first, second]).toEqual([reason, 'Usage:']);
    },
    PATIENCE_MS,
  );

  test(
    '--version says the version of package.json',
    async () => {
      const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
      const run = new Run(['--version']);
      expect(await run.ended).toBe(0);
      expect(run.output).toBe(`${version}\n`);
    },
    PATIENCE_MS,
  );
});

test(
  'a reader of a table who has seen enough is no error',
  async () => {
    const folder = tempFolder();
    const days = join(folder, 'history', 'adjustments');
    mkdirSync(days, { recursive: true });
    const record = { at: 1, kind: 'adjustments', body: { text: 'x'.repeat(200) } };
    const line = `${JSON.stringify(record)}\n`;
    writeFileSync(join(days, '2026-11-21.jsonl'), line.repeat(5_000));
    const run = new Run(['data', 'export', '--data', folder]);
    run.child.stdout?.destroy();
    expect(await run.ended).toBe(0);
    expect(run.output).toBe('');
  },
  PATIENCE_MS,
);

describe('a start that fails', () => {
  test(
    'for variables of the demo names each, and leaves no folder',
    async () => {
      const folder = tempFolder();
      const run = new Run(['demo'], { DEMO_SPEED: 'x', DEMO_SEED: '-1', TMPDIR: folder });
      expect(await run.ended).toBe(1);
      expect(run.output.trim().split('\n')).toEqual([
        'DEMO_SEED: expected at least 0, was "-1"',
        'DEMO_SPEED: expected a number, was "x"',
      ]);
      expect(demoFolders(folder)).toEqual([]);
    },
    PATIENCE_MS,
  );

  test(
    'for missing variables names all of them',
    async () => {
      const run = new Run(['--config', 'config/config.example.yaml']);
      expect(await run.ended).toBe(1);
      for (const name of ['BITFINEX_API_KEY', 'BITFINEX_API_SECRET', 'TELEGRAM_BOT_TOKEN']) {
        expect(run.output).toContain(`environment variable ${name} to be set`);
      }
      expect(run.output).not.toContain('    at ');
    },
    PATIENCE_MS,
  );

  test.each([
    ['DEMO_CHAT_PORT', 'local_chat.port'],
    ['DEMO_EXCHANGE_PORT', 'simulator.port'],
  ])(
    'for a port that is taken names it and what changes it: %s',
    async (variable, key) => {
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      onTestFinished(() => void other.close());
      const { port } = other.address() as AddressInfo;
      const folder = tempFolder();
      const run = new Run(['demo'], { ...FREE_PORTS, [variable]: String(port), TMPDIR: folder });
      expect(await run.ended).toBe(1);
      expect(run.output).toContain(`port ${port} of the`);
      expect(run.output).toContain(
        `is taken by another program. Choose another one with ${variable}`,
      );
      expect(run.output).toContain(key);
      expect(run.output).not.toContain('unexpected');
      expect(demoFolders(folder)).toEqual([]);
    },
    PATIENCE_MS,
  );
});

describe('an error that nobody awaits during the start', () => {
  test.each(['Promise.reject(error)', 'setImmediate(() => { throw error; })'])(
    'ends it in words, without the fields of the error: %s',
    async (how) => {
      const folder = tempFolder();
      const token = '123456789:CANARY-abcdefghijklmnopqrstuvwxyz0123';
      const run = new Run(['demo'], { ...FREE_PORTS, TMPDIR: folder }, [
        // As soon as the start has begun, which is when signals are listened for.
        `const error = Object.assign(new Error('at /bot${token}/getMe'), { request: '${token}' });`,
        "const timer = setInterval(() => { if (process.listenerCount('SIGTERM') > 0) {",
        `clearInterval(timer); ${how}; } }, 1);`,
      ]);
      expect(await run.ended).toBe(1);
      expect(run.output).toBe('unexpected: at /bot[secret]/getMe\n');
      expect(demoFolders(folder)).toEqual([]);
    },
    PATIENCE_MS,
  );
});

describe('Ctrl-C before the demo is ready', () => {
  test.each([
    ['as soon as its folder is there', () => true],
    ['when the state of the bot is being written', (path: string) => hasDocument(path)],
  ])(
    'leaves neither folder nor process: %s',
    async (_, isMoment) => {
      const folder = tempFolder();
      const run = new Run(['demo'], { ...FREE_PORTS, TMPDIR: folder });
      await until(() => demoFolders(folder).some((name) => isMoment(join(folder, name))), run);
      run.child.kill('SIGINT');
      const code = await run.ended;
      expect([0, 130]).toContain(code);
      expect(run.child.signalCode).toBeNull();
      expect(demoFolders(folder)).toEqual([]);
    },
    PATIENCE_MS,
  );
});

function hasDocument(path: string): boolean {
  return readdirSync(path).some((name) => name.endsWith('.json'));
}
