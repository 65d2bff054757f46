/** Why nothing may act, or nothing may raise risk; help, records and messages derive from these. */
export const HALT_CODES = [
  // The free balance has been unknown for too long: no sum can be trusted.
  'equity_unknown',
  // Live prices are gone and the exchange does not answer either.
  'blind',
  // Our clock and the exchange's are too far apart for times to mean anything.
  'clock_skew',
  // The exchange no longer accepts the key.
  'key_rejected',
  // Somebody else keeps undoing what we do.
  'contested',
  // The data folder has less room than is kept free.
  'disk_full',
  // The disk has not answered a write for seconds.
  'disk_stuck',
] as const;

export type HaltCode = (typeof HALT_CODES)[number];
