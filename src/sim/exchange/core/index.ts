/** The simulated venue without its sockets: state, time and operations as plain functions. */
export { advance, shock } from './advance.ts';
export { type BookEntry, replaceBook } from './book.ts';
export { type CollateralBounds, collateralBounds, setCollateral } from './collateral.ts';
export { settleFunding } from './funding.ts';
export { terminateBest } from './liquidation.ts';
export {
  collateralFloorUsd,
  entryNotionalUsd,
  initialMarginUsd,
  liquidationPrice,
  maintenanceUsd,
  unrealizedPnlUsd,
} from './margin.ts';
export {
  cancelOrder,
  FLAG_CLOSE,
  FLAG_POST_ONLY,
  FLAG_REDUCE_ONLY,
  type OrderRequest,
  submitOrder,
} from './orders.ts';
export { makePortfolio } from './portfolio.ts';
export type {
  ChangeReason,
  ClosedPosition,
  SimLiquidation,
  SimOrder,
  SimPosition,
  SimTrade,
  WorldEvent,
} from './records.ts';
export { toUnits, type Units, unitsOf, usdOf } from './units.ts';
export {
  accountTotals,
  createWorld,
  markOf,
  moneyInWorld,
  USUAL_RULES,
  type World,
  type WorldRules,
  wireNow,
} from './world.ts';
