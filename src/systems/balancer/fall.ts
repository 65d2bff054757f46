/**
 * More margin for the whole account while prices fall fast.
 *
 * A multiple of the maintenance margin is about one percent of the notional: enough for quiet
 * hours, and gone within seconds of a crash, before a single reduction has arrived. So a position
 * that is falling is to keep what some more minutes like the last one would take from it
 * (`liquidation.fall_minutes`), where that is more. Reductions then begin with the fall and not at
 * its end.
 */
import { type Leg, maintenanceUsd, notionalUsd } from './model.ts';
import type { BalancerSettings } from './settings.ts';

/** How far back a fall is measured from, in seconds. */
export const FALL_WINDOW_SEC = 60;

/** What a position should be able to lose when it has just lost so many percent, USD. */
export function fallRoomUsd(
  notional: number,
  fallPct: number,
  { fall_minutes: minutes }: Pick<BalancerSettings['liquidation'], 'fall_minutes'>,
): number {
  return ((minutes * fallPct) / 100) * notional;
}

/**
 * The equity a position should keep, in USD: `safety_margin_multiplier` times its maintenance, and
 * while it falls at least its maintenance and the room for that fall.
 */
export function safeEquityUsd(leg: Leg, settings: BalancerSettings): number {
  const maintenance = maintenanceUsd(leg);
  const wanted = maintenance * settings.liquidation.safety_margin_multiplier;
  const room = fallRoomUsd(notionalUsd(leg), leg.fallPct ?? 0, settings.liquidation);
  return Math.max(wanted, maintenance + room);
}

/**
 * The leg with its present fall, the same object where that changes nothing: a fall that the
 * ordinary margin covers anyway counts as none.
 * @param fallPct what it has lost since its best price of the window, in percent
 */
export function withFall(leg: Leg, fallPct: number, settings: BalancerSettings): Leg {
  const { liquidation } = settings;
  const ordinaryUsd = (liquidation.safety_margin_multiplier - 1) * maintenanceUsd(leg);
  const isCovered = fallRoomUsd(notionalUsd(leg), fallPct, liquidation) <= ordinaryUsd;
  const counted = isCovered ? 0 : fallPct;
  return counted === (leg.fallPct ?? 0) ? leg : { ...leg, fallPct: counted };
}
