import { beforeEach, describe, expect, test } from 'vitest';
import type { ActRequest } from '../../src/engine/door.ts';
import { actPreview, allowActs } from './fake-acts.ts';
import { position, symbolOf } from './fake-door.ts';
import { checkAndStop, type Rig, startRig, stop } from './rig.ts';

let rig: Rig;
let asked: ActRequest[];

beforeEach(async () => {
  rig = await startRig();
  rig.door.positionList = [position('BTC'), position('ETH')];
  allowActs(rig);
  asked = [];
  const answer = rig.door.actAnswer;
  rig.door.actAnswer = (request) => {
    asked.push(request);
    return answer(request);
  };
});

describe('what lowers risk', () => {
  test('shows the effect first, acts on one confirmation, and keeps who and when', async () => {
    await rig.say('otto', '/topup btcusdt 500');
    expect(asked).toMatchObject([{ kind: 'topup', symbol: symbolOf('BTC') }]);
    for (const part of [
      'Top up BTC by 500',
      '2.10%',
      '→2.55%',
      '4.1%',
      '→5.0%',
      '12,345 → 11,845',
    ]) {
      expect(rig.last('otto')).toContain(part);
    }
    expect(rig.buttons('otto')).toEqual(['Top up', 'Cancel']);
    expect(rig.door.acts).toEqual([]);
    await rig.tap('otto', 'Top up');
    expect(rig.door.acts).toEqual(['act act1 by Otto']);
    expect(rig.last('otto')).toContain('✅ Done');
    expect(rig.last('otto')).toContain('Otto · 12:00:00 UTC');
    expect(rig.buttons('otto')).toEqual([]);
    expect(rig.texts('otto')).toHaveLength(1);
    expect(rig.door.audits).toEqual(['topup btcusdt 500 by Otto', 'run_act act1 by Otto']);
    await checkAndStop(rig);
  });

  test('a rate is read as a rate, a share as a share, close as all of it', async () => {
    await rig.say('otto', '/topup ETH 4%');
    await rig.say('otto', '/reduce eth 25');
    await rig.say('otto', '/close $ETH');
    expect(asked).toEqual([
      { kind: 'topup_to_rate', symbol: symbolOf('ETH'), ratePct: 4 },
      { kind: 'reduce', symbol: symbolOf('ETH'), sharePct: 25 },
      { kind: 'reduce', symbol: symbolOf('ETH'), sharePct: 100 },
    ]);
    expect(rig.last('otto')).toContain('Close ETH');
    expect(rig.last('otto')).toContain('Expected cost, fee and slippage: 12.34 USD');
    await checkAndStop(rig);
  });

  test('two taps act once', async () => {
    await rig.say('otto', '/reduce BTC 25%');
    const button = rig.core.everyButton().find(({ text }) => text === 'Reduce');
    rig.core.tapLabel('otto', 'Reduce');
    rig.core.tap('otto', button?.messageId ?? 0, button?.data ?? '');
    await rig.say('otto', '/version');
    expect(rig.door.acts).toEqual(['act act1 by Otto']);
    await checkAndStop(rig);
  });

  test('cancelled, expired and forgotten ones do nothing and say so', async () => {
    await rig.say('otto', '/topup BTC 500');
    await rig.tap('otto', 'Cancel');
    expect(rig.last('otto')).toContain('Cancelled by Otto');
    await rig.say('otto', '/topup BTC 500');
    await rig.clock.advance(121_000);
    await rig.say('otto', '/version');
    expect(rig.texts('otto')[1]).toContain('Expired without a decision');
    await rig.say('otto', '/topup BTC 500');
    rig.door.actResult = async () => ({ kind: 'gone' });
    await rig.tap('otto', 'Top up');
    expect(rig.last('otto')).toContain('No longer valid');
    expect(rig.door.acts).toEqual(['act act3 by Otto']);
    await checkAndStop(rig);
  });

  test('when the market moved it shows the new plan, which asks again', async () => {
    await rig.say('otto', '/topup BTC 500');
    const request = asked[0] as ActRequest;
    rig.door.actResult = async () => ({
      kind: 'changed',
      preview: actPreview(rig, request, { id: 'fresh' }),
    });
    await rig.tap('otto', 'Top up');
    expect(rig.last('otto')).toContain('The market has moved since: nothing was done');
    expect(rig.buttons('otto')).toEqual(['Top up', 'Cancel']);
    await rig.tap('otto', 'Top up');
    expect(rig.door.acts).toEqual(['act act1 by Otto', 'act fresh by Otto']);
    await checkAndStop(rig);
  });

  test('after a restart the button of before acts on nothing', async () => {
    await rig.say('otto', '/topup BTC 500');
    await stop(rig);
    const later = await startRig({ earlier: rig });
    later.door.actResult = async () => ({ kind: 'gone' });
    await later.tap('otto', 'Top up');
    expect(later.last('otto')).toContain('No longer valid');
    expect(later.buttons('otto')).toEqual([]);
    await checkAndStop(later);
  });

  test.each([
    [{ kind: 'refused', reason: 'nothing_free' } as const, 'no free balance'],
    [{ kind: 'refused', reason: 'fenced' } as const, 'outcome of the last write'],
    [{ kind: 'unavailable', reason: 'stale_marks' } as const, 'too old'],
  ])('%o is said in words', async (answer, words) => {
    rig.door.actAnswer = () => answer;
    await rig.say('otto', '/topup BTC 500');
    expect(rig.last('otto')).toContain(words);
    expect(rig.buttons('otto')).toEqual([]);
    await checkAndStop(rig);
  });
});

describe('what raises risk', () => {
  test('takes two confirmations on two different sides', async () => {
    await rig.say('otto', '/release BTC 200');
    expect(rig.buttons('otto')).toEqual(['Continue', 'Cancel']);
    await rig.tap('otto', 'Continue');
    expect(rig.door.acts).toEqual([]);
    expect(rig.last('otto')).toContain('Really?');
    expect(rig.buttons('otto')).toEqual(['Cancel', 'Release']);
    await rig.tap('otto', 'Release');
    expect(rig.door.acts).toEqual(['act act1 by Otto']);
    expect(rig.texts('otto')).toHaveLength(1);
    await checkAndStop(rig);
  });

  test('the first button cannot be pressed for the second question', async () => {
    await rig.say('otto', '/release BTC 200');
    const first = rig.core.everyButton().find(({ text }) => text === 'Continue');
    await rig.tap('otto', 'Continue');
    rig.core.tap('otto', first?.messageId ?? 0, first?.data ?? '');
    await rig.say('otto', '/version');
    expect(rig.toast()).toContain('Already decided');
    expect(rig.door.acts).toEqual([]);
    await checkAndStop(rig);
  });

  test('an unanswered first question expires', async () => {
    await rig.say('otto', '/release BTC 200');
    await rig.clock.advance(121_000);
    await rig.say('otto', '/version');
    expect(rig.texts('otto')[0]).toContain('Nobody answered in time');
    await checkAndStop(rig);
  });
});

describe('the rule of two people', () => {
  test('the second is asked, both messages show the end', async () => {
    let firstBy = '';
    const run = rig.door.actResult;
    rig.door.actResult = async (id, by) => {
      const ran = await run(id, by);
      if (firstBy !== '' && firstBy !== by.id) return ran;
      firstBy = by.id;
      if (ran.kind !== 'ran') return ran;
      return { kind: 'needs_second', preview: ran.preview, first: by };
    };
    await rig.say('otto', '/reduce BTC 25%');
    await rig.tap('otto', 'Reduce');
    expect(rig.last('otto')).toContain('somebody else has to confirm too');
    expect(rig.last('olivia')).toContain('Otto asks for your confirmation');
    expect(rig.texts('vera')).toEqual([]);
    await rig.tap('olivia', 'Reduce');
    expect(rig.door.acts).toEqual(['act act1 by Otto', 'act act1 by Olivia']);
    for (const who of ['otto', 'olivia'] as const) {
      expect(rig.last(who)).toContain('✅ Done');
      expect(rig.last(who)).toContain('Olivia · 12:00:00 UTC');
      expect(rig.buttons(who)).toEqual([]);
    }
    await checkAndStop(rig);
  });

  test('a liquidation plan goes to the others as well', async () => {
    const plan = rig.door.addPlan();
    rig.door.decidePlan = async (_, __, by) => ({ kind: 'needs_second', plan, first: by });
    await rig.say('otto', '/approve');
    await rig.tap('otto', 'Approve');
    expect(rig.last('otto')).toContain('somebody else has to confirm too');
    expect(rig.buttons('olivia')).toEqual(['Approve', 'Reject']);
    await checkAndStop(rig);
  });
});

test('buttons under a position lead to the same previews', async () => {
  await rig.say('otto', '/positions BTC');
  expect(rig.buttons('otto').slice(0, 3)).toEqual(['➕ Top up', '✂️ Reduce 25 %', '🛑 Close']);
  await rig.tap('otto', '➕ Top up');
  expect(asked.at(-1)).toEqual({ kind: 'topup_to_rate', symbol: symbolOf('BTC'), ratePct: 4 });
  await rig.say('vera', '/positions BTC');
  expect(rig.buttons('vera')).toEqual(['❔ Why', '📈 Chart', '🔄 Refresh', 'Positions']);
  await checkAndStop(rig);
});

test.each([['wei', '追加保證金', '確認追加', '已完成']] as const)(
  '%s does it in their own language',
  async (who, title, button, done) => {
    await checkAndStop(rig);
    rig = await startRig({ people: [{ who, role: 'operator' }] });
    rig.door.positionList = [position('BTC')];
    allowActs(rig);
    await rig.say(who, '/topup BTC 500');
    expect(rig.last(who)).toContain(title);
    await rig.tap(who, button);
    expect(rig.last(who)).toContain(done);
    await checkAndStop(rig);
  },
);
