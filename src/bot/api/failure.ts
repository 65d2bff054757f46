/**
 * What failed in a call to Telegram, in words that are safe to log. Raw errors are never logged:
 * they carry the bot token in URLs and in the context's API object.
 */
import { BotError, GrammyError, HttpError } from 'grammy';
import { messageOf } from '../../core/errors.ts';
import { redact } from '../../core/redact.ts';

export interface Failure {
  readonly name: string;
  readonly method?: string;
  readonly code?: number | string;
  readonly description: string;
}

export function describeFailure(thrown: unknown): Failure {
  if (thrown instanceof BotError) return describeFailure(thrown.error);
  if (thrown instanceof GrammyError) {
    const { method, error_code: code } = thrown;
    return { name: thrown.name, method, code, description: redact(thrown.description) };
  }
  if (thrown instanceof HttpError) {
    const code = codeOf(thrown.error);
    const base = { name: thrown.name, description: redact(thrown.message) };
    return code === undefined ? base : { ...base, code };
  }
  const name = thrown instanceof Error ? thrown.name : 'unknown';
  return { name, description: redact(messageOf(thrown)) };
}

/** What to do about a failed call. */
export type FailureKind =
  /** Telegram asks to wait. */
  | { readonly kind: 'flood'; readonly waitMs: number }
  /** No answer, or Telegram's own trouble: the same call may work later. */
  | { readonly kind: 'temporary' }
  /** The person blocked the bot, or never wrote to it. */
  | { readonly kind: 'unreachable' }
  /** An edit that changes nothing: as good as done. */
  | { readonly kind: 'unchanged' }
  /** The message to edit is gone. */
  | { readonly kind: 'message_gone' }
  /** A caption for a message of ours that is a text. */
  | { readonly kind: 'no_caption' }
  /** A callback query that can no longer be answered. */
  | { readonly kind: 'too_old' }
  /** Refused for good: a mistake of ours. */
  | { readonly kind: 'refused' };

const UNREACHABLE = /chat not found|user is deactivated|bot was blocked|bot was kicked/i;
const GONE = /message to edit not found|message can't be edited|MESSAGE_ID_INVALID/i;

export function classifyFailure(thrown: unknown): FailureKind {
  if (!(thrown instanceof GrammyError)) {
    return thrown instanceof HttpError ? { kind: 'temporary' } : { kind: 'refused' };
  }
  const { error_code: code, description } = thrown;
  if (code === 429) {
    return { kind: 'flood', waitMs: (thrown.parameters.retry_after ?? 1) * 1000 };
  }
  // A revoked token may be put right again: what waits is worth more than a clean refusal.
  if (code >= 500 || code === 401 || code === 404) return { kind: 'temporary' };
  if (code === 403 || UNREACHABLE.test(description)) return { kind: 'unreachable' };
  if (/message is not modified/i.test(description)) return { kind: 'unchanged' };
  if (/no caption in the message/i.test(description)) return { kind: 'no_caption' };
  if (GONE.test(description)) return { kind: 'message_gone' };
  if (/query is too old|query ID is invalid/i.test(description)) return { kind: 'too_old' };
  return { kind: 'refused' };
}

/** Where the connection was never made, nothing can have arrived. */
const UNSENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);

/** Whether the call may have had its effect though it failed. */
export function isOutcomeUnknown(thrown: unknown): boolean {
  if (thrown instanceof GrammyError) return thrown.error_code >= 500;
  if (!(thrown instanceof HttpError)) return false;
  const { error } = thrown;
  const cause = error instanceof Error ? error.cause : undefined;
  return !UNSENT.has(codeOf(error) ?? codeOf(cause) ?? '');
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
