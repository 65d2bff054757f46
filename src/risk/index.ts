export { type Consent, type RefusalCode, review, type Verdict } from './gate.ts';
export type { Posture, TradingMode } from './posture.ts';
export * as tickets from './tickets.ts';
