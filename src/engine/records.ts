/** What the engine writes to the journal, and how it reads it back at the next start. */
import { z } from 'zod';
import type { ReducePosition, ReopenPosition, SetCollateral, WriteAction } from '../core/action.ts';
import { parseDecimal } from '../core/decimal.ts';
import { HALT_CODES } from '../core/halt-code.ts';
import { parseSymbol } from '../core/symbol.ts';

const decimal = z.string().transform((text) => parseDecimal(text));
const symbol = z.string().transform((text) => parseSymbol(text));
const trigger = z.enum(['scheduled', 'emergency', 'manual']);

const setCollateral: z.ZodType<SetCollateral> = z.object({
  kind: z.literal('set_collateral'),
  symbol,
  positionId: z.string(),
  fromUsd: decimal,
  toUsd: decimal,
  trigger,
});

const order = {
  symbol,
  positionId: z.string(),
  side: z.enum(['long', 'short']),
  quantity: decimal,
  positionQuantity: decimal,
  leverage: z.number(),
  trigger,
};

const reducePosition: z.ZodType<ReducePosition> = z.object({
  kind: z.literal('reduce_position'),
  ...order,
  rollId: z.string().exactOptional(),
});

const reopenPosition: z.ZodType<ReopenPosition> = z.object({
  kind: z.literal('reopen_position'),
  ...order,
  rollId: z.string(),
});

const action: z.ZodType<WriteAction> = z.union([setCollateral, reducePosition, reopenPosition]);

export const actorRecord = z.object({ id: z.string(), name: z.string() });

export const intentRecord = z.object({
  id: z.string(),
  cid: z.number().int(),
  createdAt: z.number(),
  action,
});

/** What an intent is known by; all there is to read of one whose end is in the journal. */
export const intentKey = intentRecord.pick({ id: true, cid: true });

export const outcomeRecord = z.object({
  id: z.string(),
  outcome: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('confirmed'), detail: z.string() }),
    z.object({ kind: z.literal('rejected'), code: z.string(), reason: z.string() }),
    z.object({ kind: z.literal('denied'), reason: z.string() }),
    z.object({ kind: z.literal('unknown'), reason: z.string() }),
  ]),
});

/**
 * One or several settings at once: all of them or none. Absent values are null, for JSON has no
 * undefined; `overrides` is false when the change removed the override, so that the file's value
 * counts again.
 */
export const settingsRecord = z.object({
  changeId: z.string(),
  changes: z.array(
    z.object({
      key: z.string(),
      before: z.unknown(),
      after: z.unknown(),
      overrides: z.boolean(),
    }),
  ),
  by: actorRecord,
});

/** `settings` is checked by the settings' own schema when the profile is used. */
export const profileRecord = z.object({
  name: z.string(),
  settings: z.unknown(),
  by: actorRecord,
});

export const pausedRecord = z.object({
  since: z.number(),
  until: z.number().nullable(),
  by: actorRecord,
});

export const haltRecord = z.object({
  code: z.enum(HALT_CODES),
});

export const ticketRecord = z.object({
  nonce: z.string(),
  action: z.string(),
  subject: z.string(),
  userId: z.number(),
  chatId: z.number(),
  expiresAt: z.number(),
});

export const ticketBoundRecord = z.object({
  nonces: z.array(z.string()),
  messageId: z.number(),
});

export const ticketSpentRecord = z.object({ nonce: z.string(), by: z.number() });

/** A round of reductions began: the cool-down counts from its end, or from here after a crash. */
export const roundRecord = z.object({ planId: z.string() });

/** A roll begins: until its end is written too, a restart finds it cut off. */
export const rollStartedRecord = z.object({ rollId: z.string(), symbol });

export const rollEndedRecord = z.object({ rollId: z.string() });

/** Measured risk weights by symbol, written when they have changed. */
export const weightsRecord = z.object({ weights: z.record(symbol, z.number().positive()) });

export const RECORD = {
  started: 'started',
  stopped: 'stopped',
  intent: 'intent',
  outcome: 'outcome',
  settings: 'settings',
  profile: 'profile',
  paused: 'paused',
  resumed: 'resumed',
  halted: 'halted',
  haltCleared: 'halt_cleared',
  act: 'act',
  ticketIssued: 'ticket_issued',
  ticketBound: 'ticket_bound',
  ticketSpent: 'ticket_spent',
  planProposed: 'plan_proposed',
  planDecided: 'plan_decided',
  roundStarted: 'round_started',
  roundEnded: 'round_ended',
  rollStarted: 'roll_started',
  rollEnded: 'roll_ended',
  weights: 'weights',
  audit: 'audit',
} as const;
