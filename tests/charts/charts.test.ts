import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { drawPng } from '../../src/charts/draw.ts';
import {
  ChartProcessError,
  ChartSpecError,
  type Charts,
  ChartsBusyError,
  ChartsClosedError,
  ChartTimeoutError,
  createCharts,
} from '../../src/charts/index.ts';
import type { ChartSpec } from '../../src/charts/spec.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import * as specs from './specs.ts';

const ODD = fileURLToPath(new URL('./children/odd.js', import.meta.url));
const silent = () => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent, child: () => log };

const opened: Charts[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((charts) => charts.close()));
});

function rig(process: { file?: string; execArgv: string[] } = { file: ODD, execArgv: [] }) {
  const clock = new ManualClock();
  const started: number[] = [];
  const counting = {
    ...log,
    debug: (fields: object, message: string) => {
      if (message.includes('started')) started.push((fields as { pid: number }).pid);
    },
  };
  const charts = createCharts({ clock, log: counting, process });
  opened.push(charts);
  return { clock, charts, started };
}

const asking = (label: string): ChartSpec => ({
  kind: 'positions',
  theme: 'dark',
  positions: [{ label, distancePct: 1, danger: 'calm' }],
});
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const isRunning = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('the drawing process', () => {
  test('draws what drawing here gives, to the byte', async () => {
    const { charts } = rig({ execArgv: ['--import', 'tsx'] });
    const png = await charts.render(specs.margin);
    expect(Buffer.from(drawPng(specs.margin)).equals(png)).toBe(true);
    const nan = { ...specs.equity, free: specs.times.map(() => Number.NaN) };
    await expect(charts.render(nan)).rejects.toThrow(ChartSpecError);
    const again = await charts.render(specs.survival);
    expect(Buffer.from(drawPng(specs.survival)).equals(again)).toBe(true);
  });

  test('starts with the first picture and is kept for the next', async () => {
    const { charts, started } = rig();
    await settle();
    expect(started).toEqual([]);
    const first = text(await charts.render(asking('a')));
    const second = text(await charts.render(asking('b')));
    expect(first.split(' ')[0]).toBe(second.split(' ')[0]);
    expect(started).toHaveLength(1);
  });

  test('answers in the order asked', async () => {
    const { charts } = rig();
    const order: string[] = [];
    const labels = ['a', 'b', 'c', 'd'];
    await Promise.all(
      labels.map(async (label) => {
        order.push(text(await charts.render(asking(label))).split(' ')[1] ?? '');
      }),
    );
    expect(order).toEqual(labels);
  });

  test('ends after a quiet minute, counted from the last picture', async () => {
    const { charts, clock, started } = rig();
    await charts.render(asking('a'));
    await clock.advance(59_000);
    await charts.render(asking('b'));
    await clock.advance(59_000);
    expect(isRunning(started[0] ?? 0)).toBe(true);
    await clock.advance(1_000);
    await expect.poll(() => isRunning(started[0] ?? 0)).toBe(false);
    await charts.render(asking('c'));
    expect(started).toHaveLength(2);
  });

  test('inherits nothing from the environment, where keys are', async () => {
    const { charts } = rig();
    process.env['BALLAST_TEST_SECRET'] = 'canary';
    const names = text(await charts.render(asking('environment')));
    delete process.env['BALLAST_TEST_SECRET'];
    expect(names).not.toContain('BALLAST_TEST_SECRET');
    expect(names).not.toContain('PATH');
  });
});

describe('trouble', () => {
  test('a crash fails its picture with what was said last, and the next one is drawn', async () => {
    const { charts, started } = rig();
    const crash = charts.render(asking('crash'));
    const next = charts.render(asking('next'));
    await expect(crash).rejects.toThrow(/ended with code 3: out of paint/);
    await expect(crash).rejects.toThrow(ChartProcessError);
    expect(text(await next)).toContain('next');
    expect(started).toHaveLength(2);
  });

  test('a process that died between two pictures is replaced', async () => {
    const { charts, started } = rig();
    await charts.render(asking('a'));
    process.kill(started[0] ?? 0, 'SIGKILL');
    await expect.poll(() => isRunning(started[0] ?? 0)).toBe(false);
    await settle();
    expect(text(await charts.render(asking('b')))).toContain('b');
    expect(started).toHaveLength(2);
  });

  test('a picture that takes ten seconds is given up and its process ended', async () => {
    const { charts, clock, started } = rig();
    const slow = charts.render(asking('silent'));
    const outcome = expect(slow).rejects.toThrow(ChartTimeoutError);
    await clock.advance(9_999);
    expect(isRunning(started[0] ?? 0)).toBe(true);
    await clock.advance(1);
    await outcome;
    expect(isRunning(started[0] ?? 0)).toBe(false);
    expect(text(await charts.render(asking('next')))).toContain('next');
  });

  test('a refusal leaves the process alive', async () => {
    const { charts, started } = rig();
    await expect(charts.render(asking('refuse'))).rejects.toThrow(ChartSpecError);
    await charts.render(asking('a'));
    expect(started).toHaveLength(1);
  });

  test('a reply of another form is an error, one to an earlier question is ignored', async () => {
    const { charts } = rig();
    await expect(charts.render(asking('garbage'))).rejects.toThrow(ChartProcessError);
    expect(text(await charts.render(asking('stale')))).toBe('fresh');
  });

  test('a process that cannot start is an error', async () => {
    const { charts } = rig({ file: '/nonexistent/child.js', execArgv: [] });
    await expect(charts.render(asking('a'))).rejects.toThrow(ChartProcessError);
  });

  test('the queue is bounded', async () => {
    const { charts, clock } = rig();
    const first = charts.render(asking('silent'));
    const waiting = Array.from({ length: 16 }, (_, i) => charts.render(asking(`w${i}`)));
    await expect(charts.render(asking('more'))).rejects.toThrow(ChartsBusyError);
    const outcome = expect(first).rejects.toThrow(ChartTimeoutError);
    await clock.advance(10_000);
    await outcome;
    expect(await Promise.all(waiting)).toHaveLength(16);
  });

  test('a chart with too many values is refused before it is sent', async () => {
    const { charts, started } = rig();
    const values = new Array<number>(10_001).fill(1);
    const positions = Array.from({ length: 12 }, () => ({ label: 'BTC', values }));
    await expect(charts.render({ ...specs.margin, positions })).rejects.toThrow(ChartSpecError);
    expect(started).toEqual([]);
  });
});

describe('closing', () => {
  test('gives up what waits, ends the process and refuses from then on', async () => {
    const { charts, started } = rig();
    const outcomes = ['silent', 'b', 'c'].map((label) =>
      expect(charts.render(asking(label))).rejects.toThrow(ChartsClosedError),
    );
    await settle();
    await charts.close();
    await Promise.all(outcomes);
    expect(started).toHaveLength(1);
    expect(isRunning(started[0] ?? 0)).toBe(false);
    await expect(charts.render(asking('d'))).rejects.toThrow(ChartsClosedError);
    await charts.close();
  });

  test('is immediate when nothing was ever drawn', async () => {
    const { charts, started } = rig();
    await charts.close();
    expect(started).toEqual([]);
  });
});
