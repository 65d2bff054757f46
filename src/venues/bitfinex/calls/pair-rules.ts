/**
 * `GET v2/conf/pub:list:pair:futures,pub:info:pair:futures`: which perpetuals exist and what each
 * demands. Margin rates differ by pair: most 1 % and 0.5 %, some 5 % and 2.5 % or 10 % and 5 %.
 */
import { z } from 'zod';
import { messageOf } from '../../../core/errors.ts';
import type { PairRules } from '../../../core/position.ts';
import { type PerpSymbol, parseSymbol, quoteOf } from '../../../core/symbol.ts';
import type { Logger } from '../../../ports/logger.ts';
import type { PublicRead } from '../call.ts';
import { ignored, positiveOnWire } from '../numbers.ts';
import { readAs } from '../wire-json.ts';

const rateOnWire = positiveOnWire.refine((rate) => rate.lte(1), {
  error: 'expected a rate as a fraction, at most 1',
});

const infoRow = z
  .tuple(
    [
      ignored, // 0
      ignored, // 1
      ignored, // 2
      positiveOnWire, // 3 MIN_ORDER_SIZE
      positiveOnWire, // 4 MAX_ORDER_SIZE
      ignored, // 5
      ignored, // 6
      ignored, // 7
      rateOnWire, // 8 INITIAL_MARGIN
      rateOnWire, // 9 MIN_MARGIN, the maintenance rate
    ],
    ignored,
  )
  .refine((row) => row[9].lte(row[8]), { error: 'expected maintenance at most initial margin' });

const confAnswer = z.tuple(
  [z.array(z.string()), z.array(z.tuple([z.string(), z.array(ignored)], ignored))],
  ignored,
);

/** Pairs of the settle currency; one that cannot be read is left out and logged. */
export function pairRulesCall(
  settleCurrency: string,
  log: Logger,
): PublicRead<ReadonlyMap<PerpSymbol, PairRules>> {
  return {
    name: 'pair rules',
    path: 'v2/conf/pub:list:pair:futures,pub:info:pair:futures',
    bucket: 'conf',
    read: (answer) => readPairRules(answer, settleCurrency, log),
  };
}

function readPairRules(
  answer: unknown,
  settleCurrency: string,
  log: Logger,
): ReadonlyMap<PerpSymbol, PairRules> {
  const [listed, infos] = readAs(confAnswer, answer, 'conf');
  const rules = new Map<PerpSymbol, PairRules>();
  for (const [pair, info] of infos) {
    if (!pair.endsWith(`:${settleCurrency}`)) continue;
    try {
      const symbol = parseSymbol(`t${pair}`);
      rules.set(symbol, readInfo(symbol, info));
    } catch (error) {
      log.warn({ pair, reason: messageOf(error) }, 'pair unreadable, left out');
    }
  }
  const isRuled = (pair: string): boolean => rules.has(`t${pair}` as PerpSymbol);
  const unruled = listed.filter((pair) => pair.endsWith(`:${settleCurrency}`) && !isRuled(pair));
  if (unruled.length > 0) log.warn({ pairs: unruled }, 'listed pairs without rules');
  return rules;
}

function readInfo(symbol: PerpSymbol, info: unknown): PairRules {
  const row = readAs(infoRow, info, `rules of ${quoteOf(symbol)} pair`);
  return {
    symbol,
    minQuantity: row[3],
    maxQuantity: row[4],
    initialRate: row[8],
    maintenanceRate: row[9],
  };
}
