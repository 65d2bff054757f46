/** `/plan`, `/approve`, `/reject` and the decisions under liquidation alerts. */
import type { PlanAnswer } from '../../engine/door.ts';
import type { Press } from '../buttons/router.ts';
import { type Command, type CommandSpec, defineCommand } from '../commands/command.ts';
import type { Request } from '../context.ts';
import { actorOf } from '../people/directory.ts';
import { editText, inBackground, replyText } from '../reply.ts';
import { tellOthers } from './tell-others.ts';

type Answer<K> = Extract<PlanAnswer, { readonly kind: K }>;

export const planCommand: Command = planLike('plan', 'viewer', 'see', 'reads');
/** Both show the plan with its numbers; the button under it decides. */
export const approveCommand: Command = planLike('approve', 'operator', 'act', 'risky');
export const rejectCommand: Command = planLike('reject', 'operator', 'act', 'risky');

function planLike(
  name: string,
  role: Command['role'],
  group: Command['group'],
  danger: Command['danger'],
): Command {
  const spec: CommandSpec<Record<string, never>> = {
    ...{ name, role, group, danger, args: {} },
    run: (request) => {
      const { door, plans, person, chatId, t } = request;
      const pending = door.plans();
      if (pending.length === 0) replyText(request, t('plan-none'));
      for (const plan of pending) plans.show(plan, person, chatId, 'reply');
    },
  };
  return defineCommand(spec);
}

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
      case 'needs_second':
        askSecond(request, answer, messageId);
        return;
      case 'unavailable':
        // The button is spent, the plan is not: it is shown anew.
        editText(request, messageId, t(`unavailable-${answer.reason}`));
        for (const plan of door.plans()) plans.show(plan, person, chatId, 'reply');
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

/** The rule of two people: this one has approved, the plan waits for somebody else. */
function askSecond(request: Request, answer: Answer<'needs_second'>, messageId: number): void {
  const { plans, person, t } = request;
  const { plan, first } = answer;
  const isOwn = first.id === String(person.id);
  editText(request, messageId, t(isOwn ? 'second-asked' : 'second-needed', { name: first.name }));
  if (!isOwn) return;
  tellOthers(request, (other) => plans.show(plan, other, other.id, 'critical'));
}
