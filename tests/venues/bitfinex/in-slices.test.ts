import { expect, test } from 'vitest';
import { inSlices } from '../../../src/venues/bitfinex/in-slices.ts';

const items = Array.from({ length: 130 }, (_, i) => i);

test('a long list is read in order, with turns for others in between', async () => {
  const story: (number | 'breath')[] = [];
  await inSlices(
    items,
    async () => {
      story.push('breath');
    },
    (item) => story.push(item),
  );
  expect(story.filter((entry) => entry !== 'breath')).toEqual(items);
  const breaths = story.flatMap((entry, i) => (entry === 'breath' ? [i] : []));
  expect(breaths).toHaveLength(5);
  expect(Math.max(...breaths.map((at, i) => at - (breaths[i - 1] ?? -1)))).toBeLessThanOrEqual(26);
});

test('a short list is read in one go, and what a row throws ends it', async () => {
  const breathe = () => Promise.reject(new Error('not needed'));
  const read: number[] = [];
  await inSlices(items.slice(0, 25), breathe, (item) => read.push(item));
  expect(read).toHaveLength(25);
  const refuse = () => {
    throw new Error('unreadable');
  };
  await expect(inSlices(items, breathe, refuse)).rejects.toThrow('unreadable');
});
