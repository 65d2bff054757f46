/** Applies a setting and answers with before, after and Undo. */

import type { SettingAnswer } from '../../engine/door.ts';
import { doneBy } from '../acted-by.ts';
import { ticketButton } from '../buttons/keys.ts';
import type { Press } from '../buttons/router.ts';
import type { Request } from '../context.ts';
import { actorOf } from '../people/directory.ts';
import { edit, editText, inBackground, reply, replyText } from '../reply.ts';
import { differenceLines } from '../views/proposal.ts';
import { compose } from '../views/view.ts';
import { parseValue } from './parse-value.ts';
import { limitsOf } from './setting-table.ts';
import { readSetting, settingName, showLimits, showValue } from './show-value.ts';

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
  const change = {
    name: settingName(key, t),
    from: showValue(key, answer.before, t),
    to: showValue(key, answer.after, t),
  };
  reply(request, compose([t('setting-changed', change)], [[undo]]), {
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
  const { door, person, t } = request;
  inBackground(request, 'undo setting', messageId, async () => {
    const answer = await door.undoSetting(subject, actorOf(person));
    const lines = changeLines(request, answer);
    if (!lines) {
      editText(request, messageId, t('setting-undo-gone'));
      return;
    }
    edit(request, messageId, compose([t('settings-undone'), ...lines, doneBy(request)]));
  });
}

/** Several settings at once, in the message that asked for it, with one Undo for all of them. */
export async function showApplied(
  request: Request,
  messageId: number,
  answer: SettingAnswer,
): Promise<void> {
  const { person, chatId, t, tickets } = request;
  const lines = changeLines(request, answer);
  if (!lines || answer.kind === 'gone' || answer.kind === 'invalid') {
    const key = answer.kind === 'invalid' ? answer.key : '';
    editText(request, messageId, refusal(request, key, answer.kind === 'invalid' ? answer : null));
    return;
  }
  const nonces = await tickets.issue(person.id, chatId, UNDO_TTL_MS, [
    { action: 'undo_setting', subject: answer.changeId },
  ]);
  const undo = ticketButton(t.plain('button-undo'), nonces[0] ?? '');
  edit(request, messageId, compose([t('settings-applied'), ...lines, doneBy(request)], [[undo]]), {
    onSent: (id) => tickets.bind(nonces, id),
  });
}

/** One line of HTML for each setting that changed; null when none did. */
function changeLines({ t }: Request, answer: SettingAnswer): string[] | null {
  if (answer.kind === 'changed') return differenceLines([answer], t);
  return answer.kind === 'changed_many' ? differenceLines(answer.differences, t) : null;
}

/** The allowed range in words where it is known; otherwise what the schema said. */
function refusal({ t, door }: Request, key: string, answer: SettingAnswer | null): string {
  const limits = limitsOf(key);
  const name = settingName(key, t);
  if (limits) {
    const present = readSetting(door.settings().effective, key);
    const example = typeof present === 'number' ? present : Math.max(1, limits.min);
    const shown = { limits: showLimits(limits, t), example: String(example) };
    return t('setting-invalid', { name, ...shown });
  }
  const expected = answer?.kind === 'invalid' ? answer.expected : '';
  return t('setting-refused', { name, expected });
}
