/** `/plan` and the decisions under liquidation alerts. */
import type { Press } from '../buttons/router.ts';
import { noArguments } from '../commands/arguments.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import type { Request } from '../context.ts';
import { actorOf } from '../people/directory.ts';
import { editText, inBackground, replyText } from '../reply.ts';

export const planCommand: Command = defineCommand({
  name: 'plan',
  role: 'viewer',
  danger: 'reads',
  args: noArguments,
  run: (request) => {
    const { door, plans, person, chatId, t } = request;
    const pending = door.plans();
    if (pending.length === 0) replyText(request, t('plan-none'));
    for (const plan of pending) plans.show(plan, person, chatId, 'reply');
  },
});

/** Approves or rejects; every message about the plan then shows who it was. */
export function decidePlan(
  request: Request,
  { messageId, subject: planId }: Press,
  decision: 'approve' | 'reject',
): void {
  const { door, plans, person, chatId, t } = request;
  inBackground(request, `${decision} plan`, messageId, async () => {
    const answer = await door.decidePlan(planId, decision, actorOf(person));
    switch (answer.kind) {
      case 'accepted':
      case 'already':
        plans.adopt(answer.plan, person, chatId, messageId);
        return;
      case 'superseded':
        // A message from before a restart hears of no change: its buttons are taken away here.
        if (!plans.follows(planId, chatId, messageId)) editText(request, messageId, t('plan-gone'));
        replyText(request, t(answer.fresh ? 'plan-superseded-fresh' : 'plan-superseded-none'));
        return;
      case 'gone':
        editText(request, messageId, t('plan-gone'));
        return;
    }
  });
}
