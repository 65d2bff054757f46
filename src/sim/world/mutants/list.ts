/**
 * Planted bugs: one line each, of the kind that loses money. A simulation that does not notice one
 * of them would not notice its like in earnest.
 */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  /** Must occur exactly once in the file. */
  readonly from: string;
  readonly to: string;
}

const mutant = (name: string, file: string, from: string, to: string): Mutant => ({
  name,
  file,
  from,
  to,
});

export const MUTANTS: readonly Mutant[] = [
  mutant(
    'the journal is not synced before a write',
    'storage/journal.ts',
    "return disk.open(path, 'as');",
    "return disk.open(path, 'a');",
  ),
  mutant(
    'an intent is sent while it is still being written',
    'engine/executor.ts',
    'const receipt = await journal.append({',
    'const receipt = void journal.append({',
  ),
  mutant(
    'a torn end is left in the journal',
    'storage/journal.ts',
    'await disk.truncate(path, validBytes);',
    '',
  ),
  mutant(
    'documents are replaced without a sync',
    'storage/durable-file.ts',
    'await handle.sync();',
    '',
  ),
  mutant(
    'damage in the middle of the journal is passed over',
    'storage/journal.ts',
    'if (end.corruption) throw corruptJournal(end.corruption);',
    '',
  ),
  mutant(
    'a write of unknown outcome is sent again',
    'venues/bitfinex/client.ts',
    "const isNonce = first.kind === 'rejected' && first.code === CODE.nonce;",
    "const isNonce = first.kind !== 'confirmed';",
  ),
  mutant(
    'a reset connection counts as not sent',
    'venues/bitfinex/http.ts',
    "  'ECONNREFUSED',",
    "  'ECONNREFUSED', 'ECONNRESET',",
  ),
  mutant(
    'a time-out counts as not sent',
    'venues/bitfinex/http.ts',
    'return new TransportError(false, why);',
    'return new TransportError(true, why);',
  ),
  mutant(
    'an error of the gateway counts as a refusal',
    'venues/bitfinex/client.ts',
    'return unknown(reply.reason);',
    "return rejected('gateway', reply.reason);",
  ),
  mutant(
    'an answer that cannot be read counts as done',
    'venues/bitfinex/client.ts',
    'return unknown(reply.reason);',
    "return { kind: 'confirmed', detail: reply.reason };",
  ),
  mutant(
    'orders may open a position',
    'venues/bitfinex/calls/order-submit.ts',
    'flags: closesAll ? REDUCE_ONLY + CLOSE : REDUCE_ONLY,',
    'flags: 0,',
  ),
  mutant(
    'orders go in the direction of the position',
    'venues/bitfinex/calls/order-submit.ts',
    "action.side === 'long' ? action.quantity.neg() : action.quantity",
    "action.side === 'short' ? action.quantity.neg() : action.quantity",
  ),
  mutant(
    'the exchange chooses the leverage',
    'venues/bitfinex/calls/order-submit.ts',
    'lev: action.leverage,',
    '',
  ),
  mutant(
    'a dead link is never noticed',
    'venues/bitfinex/feed/socket.ts',
    'if (now - this.#lastFrameMs > SILENCE_MAX_MS - LOOK_MS) {',
    'if (now < 0) {',
  ),
  mutant(
    'request limits are kept by the second',
    'venues/bitfinex/limits.ts',
    'export const WINDOW_MS = MINUTE_MS + SECOND_MS;',
    'export const WINDOW_MS = SECOND_MS;',
  ),
  mutant(
    'an unknown outcome lifts the fence',
    'engine/executor.ts',
    "if (outcome?.kind !== 'unknown') {",
    'if (outcome !== undefined) {',
  ),
  mutant(
    'an amount that differs is taken for proof',
    'engine/resolver.ts',
    ": settled(rejected('not_applied', ",
    ": proven(((_code: string, detail: string) => confirmed(detail))('not_applied', ",
  ),
  mutant(
    'an order that is not found counts as filled',
    'engine/resolver.ts',
    "? settled(rejected('not_found', 'no order and an unchanged position'))",
    "? proven(confirmed('no order and an unchanged position'))",
  ),
  mutant(
    'a resolved outcome is not written down',
    'engine/outcome-keeper.ts',
    'await journal.append({ type: RECORD.outcome, body: { id: intent.id, outcome } });',
    '',
  ),
  mutant(
    'money set aside for an unknown write is never given back',
    'engine/outcome-keeper.ts',
    'ledger.endWrite(action.symbol, reservedUsd, clock.monotonicMs());',
    '',
  ),
  mutant(
    'open intents are forgotten at a restart',
    'engine/engine.ts',
    'for (const intent of recovered.openIntents) parts.outcomes.askAfterRestart(intent);',
    '',
  ),
  mutant(
    'settings of the chat are forgotten at a restart',
    'engine/recovery.ts',
    'state.overrides.set(key, { key, fileValue: null, value: after, by, at: record.at });',
    'void after;',
  ),
  mutant(
    'a pause is forgotten at a restart',
    'engine/recovery.ts',
    'if (record.type === RECORD.paused) state.pause = pausedRecord.parse(record.body);',
    'if (record.type === RECORD.paused) state.pause = null;',
  ),
  mutant(
    'a rehearsal writes',
    'risk/gate.ts',
    'if (posture.dryRun) return',
    'if (!posture) return',
  ),
  mutant(
    'a halt does not hold',
    'risk/gate.ts',
    "if (posture.mode === 'halted') return 'halted';",
    '',
  ),
  mutant(
    'a plan can be approved twice',
    'engine/liquidator.ts',
    "if (plan.state !== 'pending') return { kind: 'already', plan };",
    '',
  ),
  mutant(
    'a rejected plan is run',
    'engine/liquidator.ts',
    "if (decision === 'reject') {",
    "if (decision === 'reject' && by.id === 'nobody') {",
  ),
  mutant(
    'a failed read of positions counts as none',
    'engine/account-reader.ts',
    'venue.positions()',
    'venue.positions().catch(() => [])',
  ),
  mutant(
    'a whole position is closed at once',
    'systems/balancer/deleverage.ts',
    'if (quantity.gt(cap)) quantity = cap;',
    'quantity = held;',
  ),
  mutant(
    'rounds follow one another without a pause',
    'engine/liquidator.ts',
    'return cooldownLeftMs(this.#lastRoundAt, seconds, clock.now());',
    'return cooldownLeftMs(null, seconds, clock.now());',
  ),
  mutant(
    'kept settings are forgotten at a restart',
    'engine/recovery.ts',
    'state.profiles.set(profile.name, { ...profile, savedAt: record.at });',
    'void profile;',
  ),
  mutant(
    'a button that was pressed is not written down',
    'engine/ticket-desk.ts',
    'await journal.append({ type: RECORD.ticketSpent, body: { nonce, by: presented.userId } });',
    '',
  ),
  mutant(
    'buttons are forgotten at a restart',
    'engine/recovery.ts',
    'state.tickets.bind(nonces, messageId);',
    'void messageId;',
  ),
  mutant(
    'a decision on a plan is not written down',
    'engine/liquidator.ts',
    'await journal.append({ type: RECORD.planDecided, body: { planId, decision, by } });',
    '',
  ),
  mutant(
    'a position is rescued once in a life',
    'engine/emergency-guard.ts',
    'this.#busy.delete(leg.symbol);',
    '',
  ),
  mutant(
    'a roll opens more than it closed',
    'venues/bitfinex/calls/order-reopen.ts',
    'amount: toWire(amount),',
    'amount: toWire(amount.times(2)),',
  ),
];
