/** Reductions without asking first: a risk that two different questions come before. */
import type { Request } from '../context.ts';
import { actorOf } from '../people/directory.ts';
import { inBackground } from '../reply.ts';
import { showApplied } from '../settings/change.ts';
import type { Question, Questions } from './questions.ts';

export const APPROVAL_KEY = 'liquidation.require_confirmation';
const ASK_TTL_MS = 60_000;

export async function askApprovalOff(request: Request, questions: Questions): Promise<void> {
  const { t, clock } = request;
  const really: Question = {
    blocks: [t('approval-ask-second')],
    confirm: t.plain('button-approval-off'),
    style: 'danger',
    swapped: true,
    guard: 'settings',
    expiresAt: clock.now() + ASK_TTL_MS,
    onConfirm: (same, messageId) => switchOff(same, messageId),
  };
  await questions.ask(request, {
    ...really,
    blocks: [t('approval-ask-first')],
    confirm: t.plain('button-continue'),
    style: 'primary',
    swapped: false,
    guard: null,
    onConfirm: (same, messageId) => questions.ask(same, really, messageId),
  });
}

function switchOff(request: Request, messageId: number): void {
  const { door, person } = request;
  inBackground(request, 'approval off', messageId, async () => {
    const answer = await door.changeSetting(APPROVAL_KEY, false, actorOf(person));
    await showApplied(request, messageId, answer);
  });
}
