/**
 * What a reply proves. The body is read before the status: ordinary refusals arrive as HTTP 500
 * with `["error", code, text]`, and gateways answer with HTML and status 200.
 */
import { isLosslessNumber } from 'lossless-json';
import { BallastError } from '../../core/errors.ts';
import { MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import type { HttpReply } from './http.ts';
import type { Breathe } from './in-slices.ts';
import { parseLong } from './long-json.ts';
import { parseWire } from './wire-json.ts';

export type Reply =
  /** A body of the call's own form, still to be checked by its schema. */
  | { readonly kind: 'answer'; readonly value: unknown }
  /** The venue says no: nothing was accepted. `transient` tells whether asking again can help. */
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly reason: string;
      readonly transient: boolean;
    }
  /** The nonce was too small: nothing was accepted, a fresh signature can be. */
  | { readonly kind: 'nonce'; readonly reason: string }
  /** Too many requests. `proven` when the body itself says so and not only the status. */
  | { readonly kind: 'limited'; readonly proven: boolean; readonly restMs: number }
  /** Anything else: proves neither acceptance nor refusal. */
  | { readonly kind: 'doubtful'; readonly reason: string };

export type Refusal = Extract<Reply, { kind: 'refused' }>;

/** A read the venue refused: the cause of its `VenueReadError`. */
export class RefusedError extends BallastError {
  /** False when the venue only refuses for now. */
  readonly isFinal: boolean;
  /** The key itself is what the venue refuses. */
  readonly isAboutKey: boolean;

  constructor(refusal: Refusal) {
    super(reasonOf(refusal));
    this.isFinal = !refusal.transient;
    this.isAboutKey = KEY_REFUSALS.has(refusal.code);
  }
}

export const CODE = {
  generic: '10001',
  badParameters: '10020',
  nonce: '10114',
  rateLimit: '11010',
  notReady: '11000',
  maintenance: '20060',
  marketRisk: '110202',
} as const;

/** Codes of refusals before any act; 10000, 10008 and unlisted ones prove nothing. */
const REFUSALS: ReadonlySet<string> = new Set([
  CODE.generic,
  CODE.badParameters,
  '10050', // configuration failed
  '10100', // authentication failed
  '10111', // bad auth payload
  '10112', // bad signature
  '10113', // bad auth encryption
  CODE.marketRisk,
]);
/** The key, or what is signed with it. */
const KEY_REFUSALS: ReadonlySet<string> = new Set(['10100', '10111', '10112', '10113']);
/** Of a collateral that is set: this position does not take this amount, others may move. */
export const AMOUNT_REFUSALS: ReadonlySet<string> = new Set([
  CODE.marketRisk,
  CODE.badParameters,
  // The venue's ordinary business refusals; which text an amount gets beside 110202 is not told.
  CODE.generic,
]);
/** Refused for now: the service is pausing or not ready yet. */
const REFUSED_FOR_NOW: ReadonlySet<string> = new Set([CODE.notReady, CODE.maintenance]);
/** Error bodies are a line. */
const ERROR_LENGTH_MAX = 1_000;
/** The generic code means business refusals and, with texts like these, the venue's own trouble. */
const TROUBLE = /time.?d? ?out|unavailable|internal|gateway|try again|overload/i;

export function classify(reply: HttpReply): Reply {
  try {
    return classifyValue(parseWire(reply.text), reply);
  } catch {
    return withoutJson(reply);
  }
}

/** The same, with breaths in between where the reply is long. */
export async function classifyLong(reply: HttpReply, breathe: Breathe): Promise<Reply> {
  try {
    return classifyValue(await parseLong(reply.text, breathe), reply);
  } catch {
    return withoutJson(reply);
  }
}

function classifyValue(value: unknown, reply: HttpReply): Reply {
  return classifyArray(value) ?? classifyObject(value, reply) ?? byStatus(value, reply);
}

function withoutJson(reply: HttpReply): Reply {
  if (reply.status === 429) return limited(reply, false);
  return { kind: 'doubtful', reason: `HTTP ${reply.status} without a JSON body` };
}

/** Looks at short replies only: a long one is an answer, and reading it once is enough. */
export function isNonceRefusal(reply: HttpReply): boolean {
  return reply.text.length <= ERROR_LENGTH_MAX && classify(reply).kind === 'nonce';
}

function classifyArray(value: unknown): Reply | null {
  if (!Array.isArray(value) || value[0] !== 'error') return null;
  const code = isLosslessNumber(value[1]) ? value[1].value : String(value[1] ?? 'null');
  const text = typeof value[2] === 'string' ? value[2].slice(0, 200) : '';
  const reason = `${code} ${text}`.trim();
  if (code === CODE.nonce) return { kind: 'nonce', reason };
  if (code === CODE.rateLimit) return { kind: 'limited', proven: true, restMs: 0 };
  if (REFUSED_FOR_NOW.has(code)) return { kind: 'refused', code, reason: text, transient: true };
  const isTrouble = code === CODE.generic && TROUBLE.test(text);
  if (!REFUSALS.has(code) || isTrouble) return { kind: 'doubtful', reason };
  return { kind: 'refused', code, reason: text, transient: false };
}

function classifyObject(value: unknown, reply: HttpReply): Reply | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  if (isLosslessNumber(value) || !('error' in value)) return null;
  if (value.error === 'ERR_RATE_LIMIT') return limited(reply, true);
  if (reply.status === 429) return limited(reply, false);
  const error = typeof value.error === 'string' ? value.error.slice(0, 100) : 'an error object';
  return { kind: 'doubtful', reason: `HTTP ${reply.status} ${error}` };
}

function byStatus(value: unknown, reply: HttpReply): Reply {
  if (reply.status === 429) return limited(reply, false);
  if (reply.status >= 200 && reply.status < 300) return { kind: 'answer', value };
  return { kind: 'doubtful', reason: `HTTP ${reply.status} without a known error body` };
}

function limited(reply: HttpReply, proven: boolean): Reply {
  const seconds = Number(reply.retryAfter ?? 0);
  const askedMs = Number.isFinite(seconds) && seconds > 0 ? seconds * SECOND_MS : 0;
  return { kind: 'limited', proven, restMs: Math.min(askedMs, 5 * MINUTE_MS) };
}

export function reasonOf(reply: Exclude<Reply, { kind: 'answer' }>): string {
  switch (reply.kind) {
    case 'refused':
      return `refused with ${reply.code} ${reply.reason}`;
    case 'limited':
      return 'rate limited';
    case 'nonce':
    case 'doubtful':
      return reply.reason;
  }
}
