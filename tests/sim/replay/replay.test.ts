import { describe, expect, test } from 'vitest';
import { type ReplayOptions, replayOptions } from '../../../src/sim/replay/options.ts';
import { replay } from '../../../src/sim/replay/replay.ts';
import { importsOf, localImportsOf, sourcesIn } from '../../tidy/sources.ts';

const never = new AbortController().signal;
const quiet = { signal: never, onProgress: () => undefined };

function options(args: readonly string[]): ReplayOptions {
  const parsed = replayOptions(args, 1);
  if (!parsed) throw new RangeError('expected options');
  return parsed;
}

const SMALL = ['--window', 'crash', '--portfolios', '12', '--leverage', '20', '--seed', '5'];

describe('a replay of the generated crash', () => {
  test('gives the same rows whatever the number of workers', async () => {
    const wanted = ['--policy', 'harvest', '--policy', 'cross_deleveraged', '--deleverage'];
    const [one, three] = await Promise.all(
      ['1', '3'].map((workers) =>
        replay(options([...SMALL, ...wanted, '--workers', workers]), quiet),
      ),
    );
    expect(one?.rows).toHaveLength(2);
    expect(three?.rows).toEqual(one?.rows);
    expect(one?.isComplete).toBe(true);
    const [harvest, twin] = one?.rows ?? [];
    expect(twin).toMatchObject({ policy: 'cross_deleveraged', equityVsCrossDeleveraged: 1 });
    expect(harvest?.equityVsCrossDeleveraged).toBeGreaterThan(0);
    expect([harvest?.avoidable, twin?.rolls]).toEqual([null, 0]);
  }, 120_000);

  test('another seed gives other rows', async () => {
    const args = [...SMALL, '--policy', 'none'];
    const first = await replay(options(args), quiet);
    const second = await replay(options([...args, '--seed', '6']), quiet);
    expect(second.rows).not.toEqual(first.rows);
  }, 120_000);

  test('a stop ends it at once and leaves complete portfolios only', async () => {
    const stop = new AbortController();
    const onProgress = (done: number): void => {
      if (done >= 8) stop.abort();
    };
    const args = ['--window', 'crash', '--portfolios', '400', '--workers', '1'];
    const result = await replay(options(args), { signal: stop.signal, onProgress });
    expect(result.isComplete).toBe(false);
    const counts = new Set(result.rows.map(({ portfolios }) => portfolios));
    expect(counts.size).toBeLessThanOrEqual(1);
    for (const count of counts) expect(count).toBeLessThan(400);
  }, 60_000);

  test('an unknown window and a missing folder are named', async () => {
    await expect(replay(options(['--window', 'boom']), quiet)).rejects.toThrow(/boom/);
    const lost = replay(options(['--candles', '/nowhere/at/all']), quiet);
    await expect(lost).rejects.toThrow('/nowhere/at/all');
  });
});

describe('what the replay drives', () => {
  const sources = sourcesIn('src', ['.ts']).filter(({ path }) =>
    path.startsWith('src/sim/replay/'),
  );
  const text = sources.flatMap(({ lines }) => lines).join('\n');

  test('is the production deciders and the production gate, by their public doors', () => {
    const used = new Set(sources.flatMap(localImportsOf));
    expect(used).toContain('src/systems/balancer/index.ts');
    expect(used).toContain('src/risk/index.ts');
    const deciders = ['decideRebalance', 'planEmergency', 'planDeleverage', 'planHarvest'];
    for (const decider of [...deciders, 'thriftyRescue', 'urgentWeight']) {
      expect(text).toContain(`${decider}(`);
      expect(text).not.toMatch(new RegExp(`function ${decider}\\b`));
    }
    expect(text).toContain('review(action');
  });

  test('closes nothing that the gate has not approved', () => {
    const closings = text.match(/kind: 'close', i, [^}]*/g) ?? [];
    expect(closings).toHaveLength(2);
    // The two of the isolated accounts, and the one of the cross account that reduces.
    expect(text.match(/= (.* : )?approveClosing\(\w+\)/g)).toHaveLength(3);
    expect(text.match(/quantity: closing\.quantity/g)).toHaveLength(2);
    expect(text.match(/const quantity = closing\.quantity/g)).toHaveLength(1);
    expect(text).toContain("kind: 'reduce_position'");
  });

  test('reads no clock: time is counted in steps', () => {
    expect(sources.flatMap(importsOf)).not.toContain('node:timers');
    expect(text).not.toMatch(/Date\.now|setTimeout|performance\.now/);
  });
});
