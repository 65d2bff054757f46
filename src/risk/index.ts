export { type Consent, type RefusalCode, review, type Verdict } from './gate.ts';
export { HALTS, type Posture, type TradingMode } from './posture.ts';
export { type Ticket, TicketTable, type Verdict as TicketVerdict } from './tickets.ts';
