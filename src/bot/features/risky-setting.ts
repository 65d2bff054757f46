/** A single setting that somebody chose or typed: changed at once, unless it is a risk. */
import type { Request } from '../context.ts';
import { actorOf } from '../people/directory.ts';
import { inBackground, replyText } from '../reply.ts';
import { changeSetting, showApplied } from '../settings/change.ts';
import {
  APPROVAL_KEY,
  againstPresent,
  guardsOfSet,
  mayChange,
  risksOf,
} from '../settings/risks.ts';
import { differenceLines } from '../views/proposal.ts';
import type { Questions } from './questions.ts';
import { ASK_TTL_MS, askAsRisky, isCovered } from './risky.ts';

/** @returns whether the value was taken, refused for good, or asked about */
export async function changeOrAsk(
  request: Request,
  questions: Questions,
  key: string,
  value: unknown,
): Promise<boolean> {
  const { door, person, t, clock } = request;
  const changes = againstPresent(door, [{ key, after: value }]);
  const risks = risksOf(changes);
  if (risks.length === 0) return changeSetting(request, key, value);
  if (!mayChange(person.role, changes)) {
    replyText(request, t('four-eyes-owner'));
    return true;
  }
  const question = {
    blocks: differenceLines(changes, t),
    confirm: t.plain(key === APPROVAL_KEY ? 'button-approval-off' : 'button-apply'),
    style: 'danger',
    guards: guardsOfSet(changes),
    expiresAt: clock.now() + ASK_TTL_MS,
    onConfirm: (same: Request, messageId: number) => {
      if (isCovered(same, messageId, changes, risks)) change(same, messageId, key, value);
    },
  } as const;
  await askAsRisky(questions, request, question, risks);
  return true;
}

function change(request: Request, messageId: number, key: string, value: unknown): void {
  const { door, person } = request;
  inBackground(request, 'change setting', messageId, async () => {
    await showApplied(request, messageId, await door.changeSetting(key, value, actorOf(person)));
  });
}
