import { expect, test } from 'vitest';
import { balancerSettingsSchema } from '../../src/systems/balancer/index.ts';
import { settle } from '../support/manual-clock.ts';
import { position } from './fake-door.ts';
import { checkAndStop, startRig, stop } from './rig.ts';

const emergencyRate = (rig: Awaited<ReturnType<typeof startRig>>) =>
  rig.door.settings().effective.thresholds.emergency_margin_rate;

test('a number is asked for, refused when wrong, applied when right, and undone', async () => {
  const rig = await startRig();
  await rig.say('otto', '/settings');
  await rig.tap('otto', 'Thresholds');
  expect(rig.last('otto')).toContain('Emergency margin rate: 2 %');
  await rig.tap('otto', 'Emergency margin rate');
  expect(rig.last('otto')).toContain('Send a new value (above 0.5 %, at most 100 %)');
  for (const wrong of ['<b>abc', '0.5', '9'.repeat(4000), 'NaN']) {
    await rig.say('otto', wrong);
    expect(rig.last('otto'), wrong).toContain('takes above 0.5 %');
    expect(emergencyRate(rig)).toBe(2);
  }
  expect(rig.last('otto')).toContain('Send a number such as 2,');
  await rig.say('otto', '2,5 %');
  expect(rig.last('otto')).toContain('Emergency margin rate: 2 % → 2.5 %');
  expect(emergencyRate(rig)).toBe(2.5);
  await rig.tap('otto', '↩️ Undo');
  expect(emergencyRate(rig)).toBe(2);
  expect(rig.last('otto')).toContain('2.5 % → 2 %');
  expect(rig.buttons('otto')).toEqual([]);
  await checkAndStop(rig);
});

test('after five wrong answers the question is dropped', async () => {
  const rig = await startRig();
  await rig.say('otto', '/settings');
  await rig.tap('otto', 'Thresholds');
  await rig.tap('otto', 'Price spike');
  for (let i = 0; i < 5; i += 1) await rig.say('otto', 'no');
  expect(rig.last('otto')).toContain('left as it was');
  await rig.say('otto', '4');
  expect(rig.last('otto')).toContain('I act on commands and buttons only');
  expect(rig.door.acts).toEqual([]);
  await checkAndStop(rig);
});

test('a command typed instead of a value leaves the question and is run', async () => {
  const rig = await startRig();
  await rig.say('otto', '/settings');
  await rig.tap('otto', 'Thresholds');
  await rig.tap('otto', 'Price spike');
  await rig.say('otto', '/plan');
  expect(rig.last('otto')).toContain('No liquidation plan waits');
  await rig.say('otto', '4');
  expect(rig.last('otto')).toContain('I act on commands and buttons only');
  expect(rig.door.acts).toEqual([]);
  await checkAndStop(rig);
});

test('/cancel and the button under the question leave everything as it was', async () => {
  const rig = await startRig();
  await rig.say('otto', '/cancel');
  expect(rig.last('otto')).toContain('nothing to cancel');
  await rig.say('otto', '/settings');
  await rig.tap('otto', 'Thresholds');
  await rig.tap('otto', 'Price spike');
  await rig.say('otto', '/cancel');
  expect(rig.last('otto')).toContain('Left as it was');
  await rig.tap('otto', 'Price spike');
  await rig.tap('otto', 'Cancel');
  await rig.say('otto', '4');
  expect(rig.last('otto')).toContain('I act on commands');
  expect(rig.door.acts).toEqual([]);
  await checkAndStop(rig);
});

test('buttons still work while a question is open, and the question stays', async () => {
  const rig = await startRig();
  const plan = rig.door.addPlan();
  rig.door.tell({ type: 'plan_proposed', at: rig.clock.now(), plan });
  await settle();
  await rig.say('otto', '/settings');
  await rig.tap('otto', 'Thresholds');
  await rig.tap('otto', 'Price spike');
  await rig.tap('otto', 'Approve');
  expect(rig.door.acts).toEqual(['approve plan1 by Otto']);
  await rig.say('otto', '4');
  expect(rig.last('otto')).toContain('3 % → 4 %');
  await checkAndStop(rig);
});

test('a second question takes the place of the first', async () => {
  const rig = await startRig();
  await rig.say('otto', '/settings');
  await rig.tap('otto', 'Thresholds');
  await rig.tap('otto', 'Price spike');
  await rig.tap('otto', 'Smallest move');
  await rig.say('otto', '1,250 USD');
  expect(rig.last('otto')).toContain('Smallest move: 50 USD → 1,250 USD');
  expect(rig.door.acts).toHaveLength(1);
  await checkAndStop(rig);
});

test('choices and switches are made by buttons, and the menu shows who changed what', async () => {
  const rig = await startRig();
  await rig.say('olivia', '/settings');
  await rig.tap('olivia', 'Allocation');
  await rig.tap('olivia', 'Allocation mode');
  await rig.tap('olivia', 'Notional × weight');
  expect(rig.door.settings().effective.allocation.mode).toBe('risk_weight');
  expect(rig.texts('olivia')[0]).toContain('Allocation mode: Notional × weight ✎ Olivia');
  expect(rig.last('olivia')).toContain('Equal distance → Notional × weight');
  await rig.tap('olivia', '‹ Back');
  await rig.tap('olivia', 'Reductions');
  await rig.tap('olivia', 'Ask before reducing');
  await rig.tap('olivia', 'off');
  expect(rig.last('olivia')).toContain('Reduce positions without asking first?');
  await rig.tap('olivia', 'Dry run');
  expect(rig.last('olivia')).toContain('Switch dry run off?');
  expect(rig.door.dryRun).toBe(true);
  await checkAndStop(rig);
});

test('reductions without asking take two questions on two different buttons', async () => {
  const rig = await startRig();
  const asks = () => rig.door.settings().effective.liquidation.require_confirmation;
  const askOff = async () => {
    await rig.say('olivia', '/settings');
    for (const button of ['Reductions', 'Ask before reducing', 'off']) {
      await rig.tap('olivia', button);
    }
  };
  await askOff();
  await rig.tap('olivia', 'Cancel');
  await askOff();
  expect(rig.buttons('olivia')).toEqual(['Continue', 'Cancel']);
  await rig.tap('olivia', 'Continue');
  expect(rig.last('olivia')).toContain('Really?');
  expect(rig.buttons('olivia')).toEqual(['Cancel', 'Reduce unasked']);
  expect(asks()).toBe(true);
  await rig.tap('olivia', 'Reduce unasked');
  expect(asks()).toBe(false);
  expect(rig.last('olivia')).toContain('Ask before reducing: on → off');
  await rig.tap('olivia', '↩️ Undo');
  expect(asks()).toBe(true);
  await checkAndStop(rig);
});

test('weights and priorities are tables in pages, entries can be set and removed', async () => {
  const rig = await startRig();
  rig.door.positionList = Array.from({ length: 20 }, (_, i) =>
    position(`C${String.fromCharCode(65 + i)}`),
  );
  await rig.say('otto', '/settings');
  await rig.tap('otto', 'Risk weights');
  expect(rig.last('otto')).toMatch(/CA\s+1\.20\s+measured/);
  await rig.tap('otto', '▶');
  expect(rig.last('otto')).toMatch(/CM\s+1\.20\s+measured/);
  await rig.tap('otto', 'CM');
  await rig.say('otto', '2.75');
  expect(rig.door.settings().effective.risk_weights).toEqual({ 'tCMF0:USTF0': 2.75 });
  await rig.tap('otto', 'CM');
  expect(rig.last('otto')).toContain('Send - to remove the own value');
  await rig.say('otto', '-');
  expect(rig.door.settings().effective.risk_weights).toEqual({});
  await rig.tap('otto', '‹ Back');
  await rig.tap('otto', 'Priorities');
  await rig.tap('otto', 'Default');
  await rig.say('otto', '60.5');
  expect(rig.last('otto')).toContain('a whole number');
  await rig.say('otto', '60');
  expect(rig.door.settings().effective.position_priority).toEqual({ default: 60 });
  await checkAndStop(rig);
});

test('only what differs from the file is marked as changed', async () => {
  const rig = await startRig();
  const file = { risk_weights: { 'tCAF0:USTF0': 1.5 }, position_priority: { default: 50 } };
  rig.door.useFile(balancerSettingsSchema.parse(file));
  rig.door.positionList = ['CA', 'CB'].map((base) => position(base));
  await rig.say('otto', '/settings');
  await rig.tap('otto', 'Risk weights');
  expect(rig.last('otto')).toMatch(/CA +1\.50 +set$/m);
  await rig.tap('otto', 'CA');
  await rig.say('otto', '2');
  await rig.say('otto', '/settings');
  expect(rig.last('otto')).toContain('1 value changed in chat');
  await rig.tap('otto', 'Risk weights');
  expect(rig.last('otto')).toMatch(/CA +2\.00 +set ✎$/m);
  await rig.tap('otto', 'CA');
  await rig.say('otto', '-');
  await rig.say('otto', '/settings');
  await rig.tap('otto', 'Risk weights');
  expect(rig.last('otto')).toMatch(/CA +1\.20 +measured ✎$/m);
  await rig.tap('otto', 'CA');
  await rig.say('otto', '1.5');
  await rig.say('otto', '/settings');
  expect(rig.last('otto')).toContain('No value has been changed in chat');
  await rig.tap('otto', 'Priorities');
  expect(rig.last('otto')).toMatch(/Default +50 +set$/m);
  await checkAndStop(rig);
});

test('a setting changed and changed back is not marked', async () => {
  const rig = await startRig();
  await rig.say('otto', '/settings');
  await rig.tap('otto', 'Thresholds');
  for (const value of ['4', '3']) {
    await rig.tap('otto', 'Price spike');
    await rig.say('otto', value);
  }
  await rig.say('otto', '/settings');
  await rig.tap('otto', 'Thresholds');
  expect(rig.last('otto')).not.toContain('✎');
  await checkAndStop(rig);
});

test('a menu that no longer fits the positions is renewed, not obeyed', async () => {
  const rig = await startRig();
  rig.door.positionList = ['AA', 'BB', 'CC'].map((base) => position(base));
  await rig.say('otto', '/settings');
  await rig.tap('otto', 'Risk weights');
  rig.door.positionList = ['AA', 'BC', 'CC', 'DD'].map((base) => position(base));
  await rig.tap('otto', 'BB');
  expect(rig.toast()).toContain('menu has changed');
  expect(rig.buttons('otto')).toContain('DD');
  expect(rig.texts('otto')).toHaveLength(1);
  await checkAndStop(rig);
});

test('a position that took the place of another is never edited in its stead', async () => {
  const rig = await startRig();
  rig.door.positionList = ['AA', 'BB'].map((base) => position(base));
  await rig.say('otto', '/settings');
  await rig.tap('otto', 'Risk weights');
  // Same shape, same label, another contract behind it.
  rig.door.positionList = [
    position('AA'),
    position('BB', { symbol: 'tBBF0:EUTF0' as ReturnType<typeof position>['symbol'] }),
  ];
  await rig.tap('otto', 'BB');
  expect(rig.toast()).toContain('menu has changed');
  expect(rig.texts('otto')).toHaveLength(1);
  await checkAndStop(rig);
});

test('a viewer gets neither the command nor the menu', async () => {
  const rig = await startRig();
  await rig.say('vera', '/settings');
  expect(rig.last('vera')).toContain('for the role “operator” and above');
  await rig.say('otto', '/settings');
  const data = rig.core.everyButton().find(({ text }) => text === 'Thresholds')?.data;
  const from = { id: 1003, is_bot: false, first_name: 'Vera', language_code: 'en' };
  const message = { message_id: 2, date: 0, chat: { id: 1003, type: 'private' } };
  await rig.forge({ callback_query: { id: '9', from, chat_instance: '1', data, message } });
  const answer = rig.core.calls().find(({ payload }) => payload['callback_query_id'] === '9');
  expect(answer?.payload['text']).toContain('operator');
  expect(rig.texts('vera')).toHaveLength(1);
  await checkAndStop(rig, [400]);
});

test('a restart drops an open question: the late value changes nothing', async () => {
  const first = await startRig();
  await first.say('otto', '/settings');
  await first.tap('otto', 'Thresholds');
  await first.tap('otto', 'Price spike');
  await stop(first);
  const rig = await startRig({ earlier: first });
  await rig.say('otto', '4');
  expect(rig.last('otto')).toContain('I act on commands and buttons only');
  expect(rig.door.acts).toEqual([]);
  await checkAndStop(rig);
});

test('labels carry no live numbers and all menu data fits into 64 bytes', async () => {
  const rig = await startRig();
  rig.door.positionList = [position('A'.repeat(30)), position('BTC')];
  await rig.say('otto', '/settings');
  for (const section of ['Thresholds', 'Reductions', 'Allocation', 'Monitoring', 'Risk weights']) {
    await rig.tap('otto', section);
    await rig.tap('otto', '‹ Back');
  }
  await rig.tap('otto', 'Priorities');
  for (const { text, data } of rig.core.everyButton()) {
    expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
    expect(text).not.toMatch(/\d+\.\d/);
  }
  await checkAndStop(rig);
});
