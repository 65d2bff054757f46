import type { PerpSymbol } from '../../core/symbol.ts';
import { pressButton } from '../buttons/keys.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import { heldSymbol } from '../commands/symbol-word.ts';
import type { Request } from '../context.ts';
import { reply } from '../reply.ts';
import { type Buttons, compose, type View } from '../views/view.ts';
import { whyView } from '../views/why.ts';
import { positionArgument } from './position-argument.ts';

export const whyCommand: Command = defineCommand({
  name: 'why',
  role: 'viewer',
  danger: 'reads',
  group: 'see',
  args: { symbol: heldSymbol },
  examples: ['BTC'],
  run: (request, { symbol }) => reply(request, () => whyNow(request, symbol)),
});

export function whyNow({ door, t }: Request, symbol: PerpSymbol): View {
  const answer = door.why(symbol);
  const argument = positionArgument(symbol);
  const buttons: Buttons = argument
    ? [[pressButton(t.plain('button-position'), 'position', argument)]]
    : [];
  if (answer.kind === 'unavailable') return compose([t(`unavailable-${answer.reason}`)]);
  return whyView(answer.explanation, t, buttons);
}
