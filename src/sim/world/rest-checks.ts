/** What must be true when nothing is wrong any more. */
import { MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import type { EngineDoor } from '../../engine/index.ts';
import { usdOf } from '../exchange/core/index.ts';
import type { Report } from './report.ts';
import type { Simulation } from './simulation.ts';
import type { Stage } from './stage.ts';

const UNDER_WAY_MS = 30 * SECOND_MS;
const SAME_USD = 1e-6;
/** Who saw somebody else's hand stays careful for half an hour, until a person clears it. */
export const CONTESTED_MS = 40 * MINUTE_MS;

/** Making these is work for the service: they are asked for once a look. */
export type Shown = ReturnType<EngineDoor['positions']>;

/** What people are shown is what the durable journal says; null when it is. */
export function objections(door: EngineDoor, positions: Shown, stage: Stage): (string | null)[] {
  const { settings, postures, profiles, plans, weights } = stage;
  const folds = [settings, postures, profiles, plans];
  return [...folds.map((fold) => fold.objection(door)), weights.objection(positions)];
}

/** After a read that succeeded, no position of some age is missing. */
export function checkSymbols(
  door: EngineDoor,
  positions: Shown,
  { report, exchange, intents }: Pick<Stage, 'report' | 'exchange' | 'intents'>,
): void {
  const fenced = new Set(intents.open().map(({ action }) => action.symbol));
  const { world } = exchange;
  const shown = new Set<string>(positions.map(({ symbol }) => symbol));
  const missing = [...world.positions.values()].filter(({ contract, createdAt }) => {
    const isOld = world.now - createdAt > 5 * MINUTE_MS;
    return isOld && !fenced.has(contract.symbol) && !shown.has(contract.symbol);
  });
  if (missing.length === 0) return;
  const { snapshotAgeMs } = door.status();
  if (snapshotAgeMs === null || snapshotAgeMs > MINUTE_MS) return;
  for (const { contract } of missing) {
    report.violation('view', `${contract.symbol} is there and not seen`);
  }
}

/** Connected, deciding, nothing open, and seeing the account as it is. */
export function checkAtRest(report: Report, simulation: Simulation): void {
  const { time, intents, exchange, wall } = simulation.stage;
  const door = simulation.life?.door;
  if (!door) {
    report.violation('liveness', `not running: ${simulation.lastExit}`);
    return;
  }
  const status = door.status();
  const { poll_interval_sec: pollSeconds } = door.settings().effective.monitor;
  const now = wall.startAt + time.at + wall.skewMs;
  const isDeciding = now - (status.lastCycleAt ?? 0) < 3 * pollSeconds * SECOND_MS;
  if (!isDeciding) report.violation('liveness', `last cycle at ${status.lastCycleAt}`);
  if (!status.feedUp) report.violation('liveness', 'the feed is down');
  const isContested = status.modeReason === 'contested' && simulation.quietForMs < CONTESTED_MS;
  if (status.mode !== 'active' && !isContested) {
    report.violation('liveness', `mode ${status.mode}, reason ${status.modeReason}`);
  }
  for (const intent of intents.open()) {
    const since = Number(intent.id) - wall.startAt - wall.skewMs;
    const isOld = time.at - since > UNDER_WAY_MS;
    if (isOld) report.violation('ended', `intent ${intent.id} on ${intent.action.symbol} is open`);
  }
  if (status.unknownOutcomes > intents.open().length) {
    report.violation('ended', `${status.unknownOutcomes} fences for outcomes that are known`);
  }
  const content = simulation.stage.profiles.contentObjection(door);
  if (content) report.violation('view', content);
  const { deadLinks } = simulation.stage;
  if (deadLinks.size > 0) report.violation('liveness', `${deadLinks.size} dead links held open`);
  // What funding or an order changed just now is seen by the next cycle.
  exchange.catchUp();
  const { changedAt } = simulation.stage;
  if (time.at - changedAt > 2 * pollSeconds * SECOND_MS) compareAccount(report, simulation, door);
}

function compareAccount(report: Report, simulation: Simulation, door: EngineDoor): void {
  const { exchange, intents } = simulation.stage;
  const status = door.status();
  const freeUsd = usdOf(exchange.world.ledger.free.units);
  const offUsd = status.availableUsd?.minus(freeUsd).abs();
  const isQuiet = intents.open().length === 0;
  if (isQuiet && !offUsd?.lt(SAME_USD)) {
    report.violation('view', `free balance ${freeUsd}, sees ${status.availableUsd?.toFixed()}`);
  }
  comparePositions(report, simulation, door);
}

function comparePositions(report: Report, simulation: Simulation, door: EngineDoor): void {
  const { exchange, intents } = simulation.stage;
  const moving = new Set(intents.open().map(({ action }) => action.symbol));
  const shown = new Map(door.positions().map((view) => [view.symbol as string, view]));
  for (const position of exchange.world.positions.values()) {
    const { symbol } = position.contract;
    const view = shown.get(symbol);
    shown.delete(symbol);
    if (moving.has(symbol)) continue;
    const collateralUsd = usdOf(position.collateral.units);
    const isSame =
      view?.quantity.eq(Math.abs(position.amount)) === true &&
      view.collateralUsd.minus(collateralUsd).abs().lt(SAME_USD);
    if (!isSame) {
      const sees = `${view?.quantity.toFixed()} with ${view?.collateralUsd.toFixed()}`;
      report.violation('view', `${symbol}: ${position.amount} with ${collateralUsd}, sees ${sees}`);
    }
  }
  for (const symbol of shown.keys()) report.violation('view', `${symbol} does not exist`);
}

/** One flipped byte in the middle of the journal: the next start must refuse. */
export async function checkDamage(simulation: Simulation): Promise<void> {
  const { disk, report, time } = simulation.stage;
  const path = disk.paths().find((name) => name.includes('/journal/'));
  const content = path ? disk.contentOf(path) : null;
  if (!path || !content || content.length < 1_000) return;
  simulation.end();
  content[Math.floor(content.length / 3)] = 0x07;
  disk.plant(path, content);
  const eventsBefore = report.counts.effects;
  simulation.beginAgain();
  await simulation.run(time.at + MINUTE_MS);
  const hasRefused = simulation.lastExit.includes('the journal is damaged');
  report.marks.hit('damage in the middle');
  if (!hasRefused || report.counts.effects !== eventsBefore) {
    report.violation('damage', `started on a damaged journal: ${simulation.lastExit}`);
  }
}
