/** What history keeps, as it comes back from disk: read with care, shown one line each. */
import { z } from 'zod';
import { Decimal } from '../../core/decimal.ts';
import { isSymbol } from '../../core/symbol.ts';
import type { HistoryRecord } from '../../ports/store.ts';
import type { Words } from '../i18n/words.ts';
import { actDetail, actName } from './audited.ts';
import { price, shortChange, shortUsd, usd } from './format.ts';
import { escapeHtml } from './html.ts';
import { namesFor } from './names.ts';
import { OUTCOME_MARK } from './outcome.ts';
import { shortMoment } from './times.ts';

const actor = z.object({ name: z.string() });
const money = z.union([z.string(), z.number()]).transform((value) => new Decimal(value));
const outcome = z.object({
  kind: z.enum(['confirmed', 'rejected', 'denied', 'unknown', 'rehearsed']),
});

const adjustments = z.object({
  trigger: z.enum(['scheduled', 'emergency', 'manual']),
  by: actor,
  adjustments: z.array(
    z.object({ symbol: z.string(), fromUsd: money, toUsd: money, outcome: outcome.optional() }),
  ),
});
const liquidations = z.object({
  plan: z.object({
    state: z.string(),
    decidedBy: actor.optional(),
    reductions: z.array(
      z.object({
        symbol: z.string(),
        sharePct: z.number(),
        notionalUsd: money,
        outcome: outcome.optional(),
      }),
    ),
  }),
});
/** What the exchange closed by force. */
const lost = z.object({
  trigger: z.literal('venue'),
  symbol: z.string(),
  side: z.enum(['long', 'short']),
  markPrice: money,
  collateralUsd: money,
});
const settings = z.object({ key: z.string(), from: z.unknown(), to: z.unknown(), by: actor });
const errors = z.object({ what: z.string(), reason: z.string() });
const audit = z.object({ by: actor, act: z.string(), detail: z.string() });

export const RECORD_KINDS = ['adjustments', 'liquidations', 'settings', 'errors', 'audit'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

const DETAIL_MAX = 160;

/** Lines of HTML; a record of an unknown form is named by its time and kind. */
export function recordLines(record: HistoryRecord, t: Words): string {
  const time = shortMoment(record.at, t);
  const text = bodyOf(record, t);
  return `<code>${time}</code> ${text ?? escapeHtml(t.plain('record-unreadable'))}`;
}

function bodyOf({ kind, body }: HistoryRecord, t: Words): string | null {
  if (kind === 'adjustments') return adjusted(body, t);
  if (kind === 'liquidations') return reduced(body, t) ?? liquidated(body, t);
  if (kind === 'settings') {
    const read = settings.safeParse(body);
    if (!read.success) return null;
    const { key, from, to, by } = read.data;
    return t('record-setting', { key, from: shortText(from), to: shortText(to), name: by.name });
  }
  if (kind === 'errors') {
    const read = errors.safeParse(body);
    if (!read.success) return null;
    return t('record-error', { what: read.data.what, reason: shortText(read.data.reason) });
  }
  const read = audit.safeParse(body);
  if (!read.success) return null;
  const { act, detail, by } = read.data;
  const about = shortText(actDetail(act, detail, t));
  return t('record-audit', { act: actName(act, t), detail: about, name: by.name });
}

function adjusted(body: unknown, t: Words): string | null {
  const read = adjustments.safeParse(body);
  if (!read.success) return null;
  const { trigger, by, adjustments: moves } = read.data;
  const name = nameOf(moves);
  const parts = moves.map((move) => {
    const mark = move.outcome ? OUTCOME_MARK[move.outcome.kind] : '';
    return `${mark}${name(move.symbol)} ${shortChange(move.fromUsd, move.toUsd, t).join('→')}`;
  });
  const why = trigger === 'manual' ? by.name : t.plain(`trigger-${trigger}`);
  return t('record-moves', { why, moves: parts.join(' · ') });
}

function reduced(body: unknown, t: Words): string | null {
  const read = liquidations.safeParse(body);
  if (!read.success) return null;
  const { reductions, decidedBy } = read.data.plan;
  const name = nameOf(reductions);
  const parts = reductions.map((cut) => {
    const mark = cut.outcome ? OUTCOME_MARK[cut.outcome.kind] : '';
    const share = `−${cut.sharePct.toFixed(0)}%`;
    return `${mark}${name(cut.symbol)} ${share} (${shortUsd(cut.notionalUsd, t)})`;
  });
  const why = decidedBy?.name ?? t.plain('trigger-emergency');
  return t('record-moves', { why, moves: parts.join(' · ') });
}

function liquidated(body: unknown, t: Words): string | null {
  const read = lost.safeParse(body);
  if (!read.success) return null;
  const { symbol, side, markPrice, collateralUsd } = read.data;
  return t('record-lost', {
    name: nameOf([read.data])(symbol),
    side: t.plain(`side-${side}`),
    price: price(markPrice),
    collateral: usd(collateralUsd),
  });
}

function nameOf(rows: readonly { readonly symbol: string }[]): (symbol: string) => string {
  const short = namesFor(rows.map(({ symbol }) => symbol).filter(isSymbol));
  return (symbol) => (isSymbol(symbol) ? short(symbol) : shortText(symbol));
}

function shortText(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '–');
  const characters = [...text];
  return characters.length > DETAIL_MAX ? `${characters.slice(0, DETAIL_MAX).join('')}…` : text;
}
