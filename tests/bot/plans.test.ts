import { expect, test } from 'vitest';
import { confirmed } from '../../src/core/outcome.ts';
import { settle } from '../support/manual-clock.ts';
import { usd } from './fake-door.ts';
import { checkAndStop, type Rig, startRig, stop } from './rig.ts';

async function propose(rig: Rig, change = {}) {
  const plan = rig.door.addPlan(change);
  rig.door.tell({ type: 'plan_proposed', at: rig.clock.now(), plan });
  await settle();
  return plan;
}

test('an alert goes to everybody, with buttons for operators and owners only', async () => {
  const rig = await startRig();
  await propose(rig);
  for (const who of ['olivia', 'otto'] as const) {
    expect(rig.last(who)).toContain('Account is short by 1,234 USD – reduce 1 position?');
    expect(rig.buttons(who)).toEqual(['Approve', 'Reject']);
  }
  expect(rig.last('vera')).toContain('Waits for an operator');
  expect(rig.buttons('vera')).toEqual([]);
  expect(rig.texts('sam')).toEqual([]);
  await checkAndStop(rig);
});

test('Approve decides once; every message then shows who and when, without buttons', async () => {
  const rig = await startRig();
  await propose(rig);
  rig.core.tapLabel('otto', 'Approve');
  rig.core.tapLabel('otto', 'Approve');
  rig.core.tapLabel('olivia', 'Reject');
  await settle();
  expect(rig.door.acts).toEqual(['approve plan1 by Otto']);
  for (const who of ['olivia', 'otto', 'vera'] as const) {
    expect(rig.last(who)).toContain('Approved by Otto · 12:00:00 UTC · running');
    expect(rig.buttons(who)).toEqual([]);
    expect(rig.texts(who)).toHaveLength(1);
  }
  const reductions = rig.door.planList.flatMap((plan) =>
    plan.reductions.map((cut) => ({ ...cut, outcome: confirmed() })),
  );
  rig.door.changePlan('plan1', { state: 'done', reductions });
  await settle();
  expect(rig.last('vera')).toContain('Liquidation plan carried out');
  await checkAndStop(rig);
});

test('a pause shows on plans that wait already, and its end takes that back', async () => {
  const rig = await startRig();
  rig.door.dryRun = false;
  await propose(rig);
  const by = { id: '1002', name: 'Otto' };
  const pausedNow = async (active: boolean) => {
    rig.door.paused = active ? { since: rig.clock.now(), until: null, by } : null;
    rig.door.tell({ type: 'paused', at: rig.clock.now(), active, until: null, by });
    await rig.clock.advance(5_000);
  };
  const cards = (who: 'otto' | 'vera') =>
    rig.texts(who).filter((text) => text.includes('Account is short'));
  expect(cards('otto').join()).not.toContain('Paused');
  await pausedNow(true);
  expect(cards('otto').join()).toContain('Paused: approving lets just this through');
  await pausedNow(false);
  expect(cards('otto').join()).not.toContain('Paused');
  await checkAndStop(rig);
});

test('Reject says that nothing was reduced', async () => {
  const rig = await startRig();
  await propose(rig);
  await rig.tap('olivia', 'Reject');
  expect(rig.door.acts).toEqual(['reject plan1 by Olivia']);
  expect(rig.last('otto')).toContain('Rejected by Olivia');
  expect(rig.last('otto')).toContain('Nothing was reduced');
  await checkAndStop(rig);
});

test('an expired plan loses its buttons, and a late press is answered', async () => {
  const rig = await startRig();
  await propose(rig);
  const approve = rig.core.everyButton().find(({ text }) => text === 'Approve');
  await rig.clock.advance(301_000);
  rig.door.changePlan('plan1', { state: 'expired' });
  await settle();
  expect(rig.last('otto')).toContain('Nobody decided in time');
  expect(rig.buttons('otto')).toEqual([]);
  rig.core.tap('olivia', approve?.messageId ?? 0, approve?.data ?? '');
  await settle();
  expect(rig.toast()).toContain('Expired');
  expect(rig.door.acts).toEqual([]);
  await checkAndStop(rig);
});

test("somebody else's button, forged into another chat, does nothing", async () => {
  const rig = await startRig();
  await propose(rig);
  const mine = rig.core
    .everyButton()
    .find(({ text, chatId }) => text === 'Approve' && chatId === 1001);
  const user = { id: 1002, is_bot: false, first_name: 'Otto', language_code: 'en' };
  await rig.forge({
    callback_query: {
      id: '77',
      from: user,
      chat_instance: '1',
      data: mine?.data,
      message: { message_id: mine?.messageId, date: 0, chat: { id: 1002, type: 'private' } },
    },
  });
  expect(rig.door.acts).toEqual([]);
  const answer = rig.core.calls().find(({ payload }) => payload['callback_query_id'] === '77');
  expect(answer?.payload['text']).toContain('somebody else');
  await checkAndStop(rig, [400]);
});

test('a viewer cannot decide even with a button in hand', async () => {
  const rig = await startRig();
  await propose(rig);
  const some = rig.core.everyButton().find(({ text }) => text === 'Approve');
  await rig.forge({
    callback_query: {
      id: '78',
      from: { id: 1003, is_bot: false, first_name: 'Vera', language_code: 'en' },
      chat_instance: '1',
      data: some?.data,
      message: { message_id: 1, date: 0, chat: { id: 1003, type: 'private' } },
    },
  });
  const answer = rig.core.calls().find(({ payload }) => payload['callback_query_id'] === '78');
  expect(answer?.payload['text']).toContain('operator');
  expect(rig.door.acts).toEqual([]);
  await checkAndStop(rig, [400]);
});

test('/plan shows what waits again, with fresh buttons, and follows it from there', async () => {
  const rig = await startRig();
  await propose(rig);
  await rig.say('otto', '/plan');
  expect(rig.texts('otto')).toHaveLength(2);
  await rig.tap('otto', 'Approve');
  for (const text of rig.texts('otto')) expect(text).toContain('Approved by Otto');
  await rig.say('otto', '/plan');
  expect(rig.last('otto')).toContain('No liquidation plan waits');
  await checkAndStop(rig);
});

test('after a restart an old button still works, and its message shows the result', async () => {
  const first = await startRig();
  await propose(first);
  await stop(first);
  const rig = await startRig({ earlier: first });
  await rig.tap('otto', 'Approve');
  expect(rig.door.acts).toEqual(['approve plan1 by Otto']);
  expect(rig.last('otto')).toContain('Approved by Otto');
  expect(rig.buttons('otto')).toEqual([]);
  await checkAndStop(rig);
});

test('a plan that is gone is said so and its buttons go', async () => {
  const rig = await startRig();
  await propose(rig);
  rig.door.planList.length = 0;
  await rig.tap('otto', 'Approve');
  expect(rig.last('otto')).toContain('no longer known');
  expect(rig.buttons('otto')).toEqual([]);
  await checkAndStop(rig);
});

test('an approval that came too late for its numbers says what happens next', async () => {
  const rig = await startRig();
  await propose(rig);
  rig.door.decidePlan = async () => {
    rig.door.changePlan('plan1', { state: 'superseded' });
    return { kind: 'superseded', fresh: null };
  };
  await rig.tap('otto', 'Approve');
  expect(rig.texts('otto')[0]).toContain('Nothing was reduced');
  expect(rig.last('otto')).toContain('nothing has to be reduced any more');
  await checkAndStop(rig);
});

test('a plan decided while its alert was held up arrives decided, without buttons', async () => {
  const rig = await startRig({ people: [] });
  rig.core.faults.push({
    method: 'sendMessage',
    kind: 'error',
    code: 502,
    description: 'Bad Gateway',
  });
  await propose(rig);
  rig.door.changePlan('plan1', { state: 'expired', remainingUsd: usd(5) });
  await rig.clock.advance(2_000);
  expect(rig.last('olivia')).toContain('Liquidation plan expired');
  expect(rig.buttons('olivia')).toEqual([]);
  await checkAndStop(rig, [502]);
});

test('a plan decided while its alert was under way is put right at once', async () => {
  const rig = await startRig({ people: [] });
  rig.core.faults.push({ method: 'sendMessage', kind: 'delay', ms: 800 });
  await propose(rig);
  rig.door.changePlan('plan1', { state: 'expired' });
  await rig.clock.advance(1_000);
  expect(rig.texts('olivia')).toHaveLength(1);
  expect(rig.last('olivia')).toContain('Liquidation plan expired');
  expect(rig.buttons('olivia')).toEqual([]);
  await checkAndStop(rig);
});
