/** The balancer's public door: everything the engine, the bot and the replay may use. */
export { accountMarginRatePct, warningState } from './account.ts';
export { type Adjustment, adjustmentOf, applyAdjustments, changeUsd } from './adjustment.ts';
export {
  type Allocation,
  allocate,
  allocation,
  type Bound,
  poolUsd,
  type Target,
} from './allocate.ts';
export {
  type HandAnswer,
  type HandNote,
  type HandPlan,
  type HandRefusal,
  type HandRequest,
  planByHand,
} from './by-hand.ts';
export { applyReductions, closingCostUsd, SLIPPAGE_RATE, TAKER_FEE_RATE } from './closing.ts';
export { cooldownLeftMs, mayReduceNow } from './cooldown.ts';
export {
  type DeleveragePlan,
  needUsd,
  planDeleverage,
  type Reduction,
  reliefUsd,
  shortfall,
} from './deleverage.ts';
export {
  type EmergencyPlan,
  type EmergencyReason,
  isEndangered,
  planEmergency,
} from './emergency.ts';
export { type Explanation, explainTarget } from './explain.ts';
export { FALL_WINDOW_SEC, fallRoomUsd, withFall } from './fall.ts';
export { type HarvestMove, type HarvestPlan, planHarvest } from './harvest.ts';
export { payIncreases } from './increases-from-cash.ts';
export {
  type Book,
  closingEquityUsd,
  distance,
  equityUsd,
  type Leg,
  liquidationPrice,
  maintenanceUsd,
  marginRatePct,
  notionalUsd,
  roomUsd,
  unrealizedPnlUsd,
  type WeightSource,
  weightedDistance,
  withCollateral,
  withMark,
} from './model.ts';
export { decideRebalance, type RebalancePlan } from './rebalance.ts';
export { type BalancerSettings, balancerSettingsSchema } from './settings.ts';
export { atRisk } from './smart-feed.ts';
export { createMarkWindow, lostPct, type MarkWindow, movedPct, recordMark } from './spike.ts';
export { decreasesWithin, thriftyRescue } from './thrift.ts';
export { evenDistance, reachableTotals, replaceLeg, type Totals, totalsOf } from './totals.ts';
export { URGENCY_WINDOW_SEC, urgentWeight, withUrgency } from './urgency.ts';
export { measuredWeight, type ResolvedWeight, resolveWeights } from './weights.ts';
export { type PriceShift, type WhatIf, type WhatIfPosition, whatIf } from './what-if.ts';
