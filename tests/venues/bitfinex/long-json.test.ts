import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLong } from '../../../src/venues/bitfinex/long-json.ts';
import { parseWire } from '../../../src/venues/bitfinex/wire-json.ts';

const still = async (): Promise<void> => undefined;
const row = ['tBTCF0:USTF0', 'a "quoted", ] [ \\\\ text', 1.5, null, [1, [2]], { a: ']' }, true];
const long = (rows: number) => JSON.stringify(Array.from({ length: rows }, () => row));

describe('a long list of rows', () => {
  test('is read as the same text in one go would be', async () => {
    const text = long(1_000);
    expect(await parseLong(text, still)).toEqual(parseWire(text));
  });

  test('lets others have their turn every eight thousand characters or so', async () => {
    let breaths = 0;
    const text = long(1_000);
    await parseLong(text, async () => {
      breaths += 1;
    });
    expect(breaths).toBeGreaterThan(text.length / 10_000);
  });

  test('that is short is read without a pause', async () => {
    let breaths = 0;
    await parseLong(long(10), async () => {
      breaths += 1;
    });
    expect(breaths).toBe(0);
  });

  test('whatever is in it, or missing from it, ends as in one go', async () => {
    const base = long(300);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(base.length),
        fc.nat(3),
        fc.constantFrom('', ',', ']', '[', '"', '\\', 'x', '  ', '1'),
        async (at, removed, inserted) => {
          const text = base.slice(0, at) + inserted + base.slice(at + removed);
          expect(await ending(() => parseLong(text, still))).toEqual(
            await ending(async () => parseWire(text)),
          );
        },
      ),
      { numRuns: 150 },
    );
  });
});

async function ending(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return { value: await work() };
  } catch {
    return 'refused';
  }
}
