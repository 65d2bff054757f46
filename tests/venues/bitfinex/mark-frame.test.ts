import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMarkFrame } from '../../../src/venues/bitfinex/feed/mark-frame.ts';

const RECORDED =
  '[335856,[1596124822000,null,0.896,0.771995,null,1396531.67460709,null,1596153600000,0.0001056,' +
  '6,null,-0.01381344,null,null,0.7664,null,null,246502.09001551,null,null,null,null,0.3]]';

describe('status frames', () => {
  test('the mark is field 14 and the time field 0, as text and number', () => {
    expect(readMarkFrame(RECORDED)).toEqual({
      kind: 'mark',
      chanId: 335856,
      at: 1596124822000,
      price: '0.7664',
    });
  });

  test('sequence numbers behind the payload, short and long payloads change nothing', () => {
    const mark = readMarkFrame(RECORDED);
    expect(readMarkFrame(RECORDED.replace(/\]\]$/, '],17,1596124822001]'))).toEqual(mark);
    expect(readMarkFrame(RECORDED.replace(/\]\]$/, ',1,null,2]]'))).toEqual(mark);
    const cut = `[335856,[${JSON.parse(RECORDED)[1].slice(0, 15).map(String).join(',')}]]`;
    expect(readMarkFrame(cut)).toEqual(mark);
  });

  test('heartbeats are told apart', () => {
    expect(readMarkFrame('[335856,"hb"]').kind).toBe('heartbeat');
  });

  test.each([
    '{"event":"info"}',
    '',
    '[',
    '[]',
    '[1]',
    '[x,[1,2]]',
    '[1,[1,2,3]]',
    '[1,[1,[2],3,4,5,6,7,8,9,10,11,12,13,14,15,16]]',
    '[1,["a,b",2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]]',
    '[1,[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15',
    '<html>',
  ])('%s is not taken for a mark', (text) => {
    expect(readMarkFrame(text).kind).toBe('other');
  });

  test('whatever JSON says about a flat payload, the short way says too', () => {
    const cell = fc.oneof(fc.constant(null), fc.double({ noNaN: true, noDefaultInfinity: true }));
    fc.assert(
      fc.property(
        fc.nat(10 ** 9),
        fc.array(cell, { minLength: 15, maxLength: 30 }),
        (id, cells) => {
          const frame = readMarkFrame(JSON.stringify([id, cells]));
          expect(frame).toMatchObject({ kind: 'mark', chanId: id });
          if (frame.kind === 'mark') expect(frame.price).toBe(JSON.stringify(cells[14]));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('no text makes it throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        readMarkFrame(text);
      }),
      { numRuns: 1_000 },
    );
  });
});
