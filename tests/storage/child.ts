/** Runs a script of this folder as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

export interface Run {
  readonly child: ChildProcess;
  lines(): string[];
  /** Resolves when a line that begins so was printed; rejects when the process ended before. */
  said(start: string): Promise<void>;
  readonly ended: Promise<unknown>;
}

/** `fileMaxKib` bounds the size of every file that the process writes. */
export function startChild(script: string, args: string[], fileMaxKib?: number): Run {
  const limit = fileMaxKib === undefined ? '' : `ulimit -f ${fileMaxKib};`;
  const shell = `${limit} exec "$0" --import tsx tests/storage/${script} "$@"`;
  const child = spawn('bash', ['-c', shell, process.execPath, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const ended = once(child, 'close');
  const lines = () => output.split('\n').slice(0, -1);
  async function said(start: string): Promise<void> {
    while (!lines().some((line) => line.startsWith(start))) {
      const more = once(child.stdout, 'data').then(() => true);
      if (!(await Promise.race([more, ended.then(() => false)]))) break;
    }
    if (!lines().some((line) => line.startsWith(start))) {
      throw new Error(`expected a line "${start}", was: ${output}`);
    }
  }
  return { child, lines, said, ended };
}

/** The highest sequence number that a journal child was promised to be on disk. */
export function lastAcknowledged(run: Run): number {
  const seqs = run.lines().flatMap((line) => /^acknowledged (\d+)$/.exec(line)?.[1] ?? []);
  return Math.max(0, ...seqs.map(Number));
}
