/** One tap takes a change back; what the undo would let through is asked about like any risk. */
import { doneBy } from '../acted-by.ts';
import type { Press } from '../buttons/router.ts';
import type { Request } from '../context.ts';
import { actorOf } from '../people/directory.ts';
import type { Guard } from '../people/guards.ts';
import { edit, editText, inBackground, replyText } from '../reply.ts';
import { changeLines } from '../settings/change.ts';
import { guardsOfSet, mayChange, risksOf } from '../settings/risks.ts';
import { differenceLines } from '../views/proposal.ts';
import { compose } from '../views/view.ts';
import type { Questions } from './questions.ts';
import { ASK_TTL_MS, askAsRisky, isCovered } from './risky.ts';

export async function askUndo(
  request: Request,
  { messageId, subject }: Press,
  questions: Questions,
): Promise<void> {
  const { door, person, t, clock } = request;
  const changes = door.previewUndo(subject);
  const risks = risksOf(changes);
  if (!mayChange(person.role, changes)) return replyText(request, t('four-eyes-owner'));
  if (risks.length === 0) return undo(request, messageId, subject);
  const question = {
    blocks: differenceLines(changes, t),
    confirm: t.plain('button-undo'),
    style: 'danger',
    guards: guardsOfSet(changes),
    expiresAt: clock.now() + ASK_TTL_MS,
    onConfirm: (same: Request, sentId: number) => {
      const now = same.door.previewUndo(subject);
      if (isCovered(same, sentId, now, risks)) undo(same, sentId, subject);
    },
  } as const;
  await askAsRisky(questions, request, question, risks, messageId);
}

/** Of the tap itself; the questions of a risk say theirs. */
export function guardsOfUndo(request: Request, changeId: string): readonly Guard[] {
  return risksOf(request.door.previewUndo(changeId)).length === 0 ? ['settings'] : [];
}

function undo(request: Request, messageId: number, changeId: string): void {
  const { door, person, t } = request;
  inBackground(request, 'undo setting', messageId, async () => {
    const answer = await door.undoSetting(changeId, actorOf(person));
    const lines = changeLines(request, answer);
    if (!lines) {
      editText(request, messageId, t('setting-undo-gone'));
      return;
    }
    edit(request, messageId, compose([t('settings-undone'), ...lines, doneBy(request)]));
  });
}
