export {
  type Consent,
  type RefusalCode,
  ReopeningGate,
  refusalNow,
  review,
  type Verdict,
} from './gate.ts';
export { HALTS, type Posture, type TradingMode } from './posture.ts';
export {
  type ClosedLeg,
  REOPEN_DRIFT_PCT,
  REOPEN_WITHIN_MS,
  type ReopeningScene,
} from './reopening.ts';
export { type Ticket, TicketTable, type Verdict as TicketVerdict } from './tickets.ts';
