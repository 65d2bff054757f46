import { expect, test } from 'vitest';
import { NoticeLog } from '../../../src/bot/notices/notice-log.ts';
import { ZERO } from '../../../src/core/decimal.ts';
import type { Notice } from '../../../src/core/notice.ts';
import { confirmed, denied } from '../../../src/core/outcome.ts';
import type { Logger } from '../../../src/ports/logger.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { FakeDoor, move, symbolOf, usd } from '../fake-door.ts';

const at = Date.UTC(2026, 0, 5);
const by = { id: '1002', name: 'Otto <secret>' };
const symbol = symbolOf('ETH');

function linesOf(...told: Notice[]): string[] {
  const lines: string[] = [];
  const take = (level: string) => (fields: object, text: string) => {
    lines.push(`${level} ${text} ${JSON.stringify(fields)}`);
  };
  const log: Logger = {
    ...{ debug: take('debug'), info: take('info'), warn: take('warn'), error: take('error') },
    child: () => log,
  };
  const written = new NoticeLog(log);
  for (const notice of told) written.write(notice);
  return lines;
}

const plan = new FakeDoor(new ManualClock(at), () => 0.5).addPlan();
const cuts = (outcome: ReturnType<typeof confirmed>) =>
  plan.reductions.map((cut) => ({ ...cut, outcome }));
const emergency = (missing: number): Notice => ({
  ...{ type: 'emergency', at, dryRun: false, symbol, ratePct: 1.2, distance: 0.01 },
  ...{ adjustments: [move('ETH', 100, 200, { outcome: confirmed() })], missingUsd: usd(missing) },
});

const notices: readonly (readonly [string, Notice])[] = [
  [
    'warn position liquidated',
    {
      ...{ type: 'liquidated', at, symbol, side: 'long', quantity: usd(3) },
      ...{ markPrice: usd(2100), collateralUsd: usd(812) },
    },
  ],
  ['warn paused', { type: 'paused', at, active: true, until: null, by }],
  ['info resumed', { type: 'paused', at, active: false, until: null, by }],
  ['warn halted', { type: 'halted', at, active: true, reason: 'blind' }],
  ['info no longer halted', { type: 'halted', at, active: false, reason: 'blind' }],
  ['warn liquidation plan proposed', { type: 'plan_proposed', at, plan }],
  [
    'info liquidation plan approved',
    { type: 'plan_changed', at, plan: { ...plan, state: 'approved', decidedBy: by } },
  ],
  [
    'info liquidation plan done',
    {
      ...{ type: 'plan_changed', at },
      plan: { ...plan, state: 'done', reductions: cuts(confirmed()) },
    },
  ],
  [
    'warn liquidation plan done',
    {
      ...{ type: 'plan_changed', at },
      plan: { ...plan, state: 'done', reductions: cuts(denied('paused')) },
    },
  ],
  ['warn emergency not covered', emergency(7)],
  [
    'warn dry run switched',
    {
      ...{ type: 'settings_changed', at, by },
      ...{ key: 'liquidation.dry_run', from: 'true', to: 'false' },
    },
  ],
  [
    'warn saved settings dropped, dry run is on',
    { type: 'setting_dropped', at, settings: [{ key: 'thresholds.x', value: 'Otto' }] },
  ],
  [
    'warn outcome of a write unknown',
    { type: 'outcome_unknown', at, symbol, resolved: false, detail: 'x' },
  ],
  [
    'info outcome of a write clarified',
    { type: 'outcome_unknown', at, symbol, resolved: true, detail: 'x' },
  ],
];

test.each(notices)('the log says: %s', (beginning, notice) => {
  const [line = '', ...rest] = linesOf(notice);
  expect(line).toContain(beginning);
  expect(line).not.toContain('Otto');
  expect(rest).toEqual([]);
});

test('a lost position is logged with what was lost', () => {
  const [[, notice] = []] = notices;
  expect(notice && linesOf(notice).join()).toContain('"collateralUsd":"812"');
});

test('a position that stays short has one line a minute, each of its own', () => {
  const later = (ms: number, base: string): Notice => {
    const notice = emergency(7);
    return notice.type === 'emergency'
      ? { ...notice, at: at + ms, symbol: symbolOf(base) }
      : notice;
  };
  const told = [later(0, 'ETH'), later(250, 'ETH'), later(300, 'BTC'), later(59_000, 'ETH')];
  expect(linesOf(...told)).toHaveLength(2);
  expect(linesOf(...told, later(60_000, 'ETH'))).toHaveLength(3);
});

test('routine is not logged', () => {
  const adjusted: Notice = {
    ...{ type: 'adjusted', at, trigger: 'scheduled', dryRun: false, by, adjustments: [] },
    freeUsd: ZERO,
  };
  expect([linesOf(adjusted), linesOf(emergency(0))]).toEqual([[], []]);
});
