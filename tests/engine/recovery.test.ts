/** What is read back of a journal, and what is not asked of it. */
import { expect, test } from 'vitest';
import { Recovery } from '../../src/engine/recovery.ts';

const record = (seq: number, type: string, body: unknown) => ({ seq, at: seq, type, body });
const action = {
  ...{ kind: 'set_collateral', symbol: 'tBTCF0:USTF0', positionId: '1', trigger: 'manual' },
  ...{ fromUsd: '10', toUsd: '20' },
};
const intent = (seq: number, id: string, cid: number, act: unknown = action) =>
  record(seq, 'intent', { id, cid, createdAt: 1, action: act });
const outcome = (seq: number, id: string, kind: string) =>
  record(seq, 'outcome', { id, outcome: { kind, reason: '', code: '', detail: '' } });

test('an intent is open until an outcome that is known', () => {
  const recovery = new Recovery();
  recovery.take([intent(1, 'a', 5), intent(2, 'b', 9), intent(3, 'c', 7)]);
  recovery.take([outcome(4, 'a', 'confirmed'), outcome(5, 'b', 'unknown')]);
  const { openIntents, cidMax, records, lastAt } = recovery.end();
  expect(openIntents).toMatchObject([
    { id: 'b', cid: 9, seq: 2, action: { symbol: 'tBTCF0:USTF0' } },
    { id: 'c', cid: 7, seq: 3 },
  ]);
  expect({ cidMax, records, lastAt }).toEqual({ cidMax: 9, records: 5, lastAt: 5 });
});

test.each([
  ['without an id', [record(2, 'intent', { cid: 1 })]],
  ['open and of no known kind', [intent(2, 'a', 1, { kind: 'other' })]],
  ['of no known outcome', [intent(1, 'a', 1), outcome(2, 'a', 'perhaps')]],
])('a record %s is named, at the end', (_, records) => {
  const recovery = new Recovery();
  recovery.take(records);
  recovery.take([record(3, 'resumed', {})]);
  expect(() => recovery.end()).toThrow(
    /^journal record 2 \(\w+\) does not have its expected form$/,
  );
});

test('of several records without their form the first is named', () => {
  const recovery = new Recovery();
  for (const seq of [1, 2, 3]) recovery.take([record(seq, seq === 1 ? 'resumed' : 'intent', {})]);
  expect(() => recovery.end()).toThrow('journal record 2 (intent)');
});

test('an intent that has ended need not be of a kind that is known today', () => {
  const recovery = new Recovery();
  recovery.take([intent(1, 'a', 4, { kind: 'of an earlier year' }), outcome(2, 'a', 'denied')]);
  expect(recovery.end()).toMatchObject({ openIntents: [], cidMax: 4 });
});

test('the writes of the minute before a start are counted, an older run’s are not', () => {
  const recovery = new Recovery();
  expect(recovery.writesOfLastMinute(0)).toBeNull();
  const at = (ms: number, seq: number) => ({ ...intent(seq, `${seq}`, seq), at: ms });
  recovery.take([at(1_000, 1), at(50_000, 2), at(61_000, 3)]);
  expect(recovery.writesOfLastMinute(62_000)).toBe(2);
  // What never left us has used nothing up.
  recovery.take([{ ...outcome(4, '3', 'denied'), at: 61_500 }]);
  expect(recovery.writesOfLastMinute(62_000)).toBe(1);
  expect(recovery.writesOfLastMinute(121_501)).toBeNull();
  // A clock that was set back knows nothing of when it was.
  expect(recovery.writesOfLastMinute(500)).toBe(2);
});
