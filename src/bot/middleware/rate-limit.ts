/** What one person can ask for in a while: a stuck client must not starve the others. */
import type { MiddlewareFn } from 'grammy';
import { type BotContext, requestOf, type Services } from '../context.ts';
import { replyText, toast } from '../reply.ts';

interface Bucket {
  left: number;
  atMs: number;
  isTold: boolean;
}

const BURST = 60;
const PER_SECOND = 2;
const PEOPLE_MAX = 1_000;

export function rateLimit(services: Services): MiddlewareFn<BotContext> {
  const { clock } = services;
  const buckets = new Map<number, Bucket>();
  return async (ctx, next) => {
    const bucket = refill(buckets, ctx.person.id, clock.monotonicMs());
    if (bucket.left >= 1) {
      bucket.left -= 1;
      bucket.isTold = false;
      return next();
    }
    const request = requestOf(services, ctx);
    if (ctx.callbackQuery) toast(request, ctx, ctx.t.plain('rate-limited'), true);
    else if (!bucket.isTold) replyText(request, ctx.t('rate-limited'));
    bucket.isTold = true;
  };
}

function refill(buckets: Map<number, Bucket>, id: number, nowMs: number): Bucket {
  const known = buckets.get(id) ?? { left: BURST, atMs: nowMs, isTold: false };
  const gained = ((nowMs - known.atMs) / 1_000) * PER_SECOND;
  const bucket = { ...known, left: Math.min(BURST, known.left + gained), atMs: nowMs };
  buckets.delete(id);
  buckets.set(id, bucket);
  for (const oldest of buckets.keys()) {
    if (buckets.size <= PEOPLE_MAX) break;
    buckets.delete(oldest);
  }
  return bucket;
}
