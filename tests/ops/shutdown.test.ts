import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';

interface Run {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

async function start(kind: string): Promise<Run> {
  const args = ['--import', 'tsx', 'tests/ops/shutdown-child.ts', kind];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const ended = once(child, 'exit').then(([code]: unknown[]) => code as number | null);
  while (!output.includes('ready')) await once(child.stdout, 'data');
  return { child, output: () => output, ended };
}

describe('FR-14: shutdown', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s stops in order and exits with 0',
    async (signal) => {
      const { child, output, ended } = await start('well');
      child.kill(signal);
      expect(await ended).toBe(0);
      expect(output()).toContain('stopped');
    },
  );

  test('a second signal does not stop twice', async () => {
    const { child, output, ended } = await start('well');
    child.kill('SIGTERM');
    child.kill('SIGTERM');
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(output().match(/stopping/g)).toHaveLength(1);
  });

  test('a stop that hangs ends at its bound with 1', async () => {
    const { child, ended } = await start('hangs');
    child.kill('SIGTERM');
    expect(await ended).toBe(1);
  });

  test('an unexpected rejection stops in order and exits with 1', async () => {
    const { output, ended } = await start('breaks');
    expect(await ended).toBe(1);
    expect(output()).toContain('stopped');
  });

  test('an error during the stop after a signal shows in the exit code', async () => {
    const { child, output, ended } = await start('fails late');
    child.kill('SIGTERM');
    expect(await ended).toBe(1);
    expect(output()).toContain('stopped');
  });

  test('a stop that fails exits with 1', async () => {
    const { child, ended } = await start('cannot stop');
    child.kill('SIGTERM');
    expect(await ended).toBe(1);
  });
});
