/** Applies a setting and answers with before, after and Undo. */
import type { SettingAnswer } from '../../engine/door.ts';
import { ticketButton } from '../buttons/keys.ts';
import type { Press } from '../buttons/router.ts';
import type { Request } from '../context.ts';
import { actorOf } from '../people/directory.ts';
import { editText, inBackground, reply, replyText } from '../reply.ts';
import { clockTime } from '../views/format.ts';
import { compose } from '../views/view.ts';
import { parseValue } from './parse-value.ts';
import { limitsOf } from './setting-table.ts';
import { settingName, showLimits, showValue } from './show-value.ts';

const UNDO_TTL_MS = 15 * 60_000;

/** @returns whether the value was taken */
export async function changeSetting(
  request: Request,
  key: string,
  value: unknown,
): Promise<boolean> {
  const { door, person, chatId, t, tickets } = request;
  const answer = await door.changeSetting(key, value, actorOf(person));
  if (answer.kind !== 'changed') {
    replyText(request, refusal(request, key, answer));
    return false;
  }
  const nonces = await tickets.issue(person.id, chatId, UNDO_TTL_MS, [
    { action: 'undo_setting', subject: answer.changeId },
  ]);
  const undo = ticketButton(t.plain('button-undo'), nonces[0] ?? '');
  reply(request, compose([t('setting-changed', changeWords(request, answer))], [[undo]]), {
    onSent: (id) => tickets.bind(nonces, id),
  });
  return true;
}

/** A value somebody typed for a setting. @returns whether the question is settled */
export async function takeTyped(request: Request, key: string, text: string): Promise<boolean> {
  const limits = limitsOf(key);
  if (!limits) return true;
  const typed = parseValue(text, limits);
  const isTable = key.startsWith('risk_weights.') || key.startsWith('position_priority.');
  const mayRemove = isTable && key !== 'position_priority.default';
  if (typed.kind === 'number') return changeSetting(request, key, typed.value);
  if (typed.kind === 'remove' && mayRemove) return changeSetting(request, key, undefined);
  replyText(request, refusal(request, key, null));
  return false;
}

export function undoSetting(request: Request, { messageId, subject }: Press): void {
  const { door, person, t, clock } = request;
  inBackground(request, 'undo setting', messageId, async () => {
    const answer = await door.undoSetting(subject, actorOf(person));
    if (answer.kind !== 'changed') {
      editText(request, messageId, t('setting-undo-gone'));
      return;
    }
    const by = { by: person.name, time: clockTime(clock.now(), t) };
    editText(request, messageId, t('setting-undone', { ...changeWords(request, answer), ...by }));
  });
}

function changeWords({ t }: Request, answer: Extract<SettingAnswer, { kind: 'changed' }>) {
  const { key, before, after } = answer;
  const from = showValue(key, before, t);
  return { name: settingName(key, t), from, to: showValue(key, after, t) };
}

/** The allowed range in words where it is known; otherwise what the schema said. */
function refusal(
  { t }: Request,
  key: string,
  answer: Exclude<SettingAnswer, { kind: 'changed' }> | null,
): string {
  const limits = limitsOf(key);
  const name = settingName(key, t);
  if (limits) return t('setting-invalid', { name, limits: showLimits(limits, t) });
  const expected = answer?.kind === 'invalid' ? answer.expected : '';
  return t('setting-refused', { name, expected });
}
