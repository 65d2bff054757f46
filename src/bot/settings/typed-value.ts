/** What somebody typed as the value of a setting. */
import type { Request } from '../context.ts';
import type { Questions } from '../features/questions.ts';
import { changeOrAsk } from '../features/risky-setting.ts';
import { replyText } from '../reply.ts';
import { changeSetting, refusal } from './change.ts';
import { parseValue } from './parse-value.ts';
import { limitsOf } from './setting-table.ts';

/** @returns whether the question is settled */
export async function takeTyped(
  request: Request,
  questions: Questions,
  key: string,
  text: string,
): Promise<boolean> {
  const limits = limitsOf(key);
  if (!limits) return true;
  const typed = parseValue(text, limits);
  const isTable = key.startsWith('risk_weights.') || key.startsWith('position_priority.');
  const mayRemove = isTable && key !== 'position_priority.default';
  if (typed.kind === 'number') return changeOrAsk(request, questions, key, typed.value);
  if (typed.kind === 'remove' && mayRemove) return changeSetting(request, key, undefined);
  replyText(request, refusal(request, key, null));
  return false;
}
