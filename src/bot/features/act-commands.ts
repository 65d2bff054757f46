/** The commands behind which acts by hand stand. */
import { amountOrRate, sharePct, usdAmount } from '../commands/arguments.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import { heldSymbol } from '../commands/symbol-word.ts';
import type { ActFeature } from './act.ts';

const COMMON = { role: 'operator', danger: 'risky', group: 'act' } as const;

export function actCommands(acts: ActFeature): Command[] {
  return [
    defineCommand({
      ...COMMON,
      name: 'topup',
      args: { symbol: heldSymbol, goal: amountOrRate },
      examples: ['BTC 500', 'BTC 4%'],
      run: (request, { symbol, goal }) =>
        acts.propose(
          request,
          goal.kind === 'usd'
            ? { kind: 'topup', symbol, usd: goal.usd }
            : { kind: 'topup_to_rate', symbol, ratePct: goal.ratePct },
        ),
    }),
    defineCommand({
      ...COMMON,
      name: 'release',
      args: { symbol: heldSymbol, amount: usdAmount },
      examples: ['BTC 200'],
      run: (request, { symbol, amount }) =>
        acts.propose(request, { kind: 'release', symbol, usd: amount }),
    }),
    defineCommand({
      ...COMMON,
      name: 'reduce',
      args: { symbol: heldSymbol, share: sharePct },
      examples: ['BTC 25%'],
      run: (request, { symbol, share }) =>
        acts.propose(request, { kind: 'reduce', symbol, sharePct: share }),
    }),
    defineCommand({
      ...COMMON,
      name: 'close',
      args: { symbol: heldSymbol },
      examples: ['BTC'],
      run: (request, { symbol }) =>
        acts.propose(request, { kind: 'reduce', symbol, sharePct: 100 }),
    }),
  ];
}
