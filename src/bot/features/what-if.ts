import { shiftPct } from '../commands/arguments.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import { symbolOrAll } from '../commands/symbol-word.ts';
import { reply } from '../reply.ts';
import { compose } from '../views/view.ts';
import { whatIfView } from '../views/what-if.ts';

/** The engine's own deciders on shifted prices; nothing is done. */
export const whatIfCommand: Command = defineCommand({
  name: 'whatif',
  role: 'viewer',
  danger: 'reads',
  group: 'see',
  args: { symbol: symbolOrAll, pct: shiftPct },
  examples: ['BTC -10%', '* -15%'],
  run: (request, { symbol, pct }) => {
    const { door, t } = request;
    reply(request, () => {
      const answer = door.whatIf({ symbol, pct });
      if (answer.kind === 'what_if') return whatIfView(answer.view, t);
      return compose([t(`unavailable-${answer.reason}`)]);
    });
  },
});
