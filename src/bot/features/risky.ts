/** What lets through more than before: two different questions, and a look again at the answer. */
import type { SettingDifference } from '../../engine/door.ts';
import type { Request } from '../context.ts';
import { editText } from '../reply.ts';
import { againstPresent, mayChange, type Risk, risksOf } from '../settings/risks.ts';
import type { Question, Questions } from './questions.ts';

export const ASK_TTL_MS = 60_000;

/** One question, or two on two sides for what is risky. The guards stand before the last answer. */
export async function askAsRisky(
  questions: Questions,
  request: Request,
  question: Question,
  risks: readonly Risk[],
  messageId: number | null = null,
): Promise<void> {
  const { t } = request;
  const { blocks } = question;
  if (risks.length === 0) return questions.ask(request, question, messageId);
  const really: Question = {
    ...question,
    blocks: [...blocks, ...risks.map((risk) => t(`ask-second-${risk}`))],
    style: 'danger',
    swapped: true,
  };
  const first: Question = {
    ...question,
    guards: [],
    blocks: [...blocks, ...risks.map((risk) => t(`ask-first-${risk}`))],
    confirm: t.plain('button-continue'),
    style: 'primary',
    onConfirm: (same, sentId) => questions.ask(same, really, sentId),
  };
  await questions.ask(request, first, messageId);
}

/**
 * Whether the answer still covers what would change now: other changes may have come in between,
 * and roles too. If not, the message says that the question is void.
 */
export function isCovered(
  request: Request,
  messageId: number,
  changes: readonly Pick<SettingDifference, 'key' | 'after'>[],
  asked: readonly Risk[],
): boolean {
  const { door, person, t } = request;
  const now = againstPresent(door, changes);
  const isSame = risksOf(now).every((risk) => asked.includes(risk));
  if (isSame && mayChange(person.role, now)) return true;
  editText(request, messageId, t('question-gone'));
  return false;
}
