/** Applies a setting and answers with before, after and Undo. */
import type { SettingAnswer } from '../../engine/door.ts';
import { doneBy } from '../acted-by.ts';
import { ticketButton } from '../buttons/keys.ts';
import type { Request } from '../context.ts';
import { actorOf } from '../people/directory.ts';
import { edit, editText, type ReplyOptions, reply, replyText } from '../reply.ts';
import { differenceLines } from '../views/proposal.ts';
import { type Buttons, compose } from '../views/view.ts';
import { mayChange } from './risks.ts';
import { limitsOf } from './setting-table.ts';
import { readSetting, settingName, showLimits, showValue } from './show-value.ts';

const UNDO_TTL_MS = 15 * 60_000;

/** @returns whether the value was taken */
export async function changeSetting(
  request: Request,
  key: string,
  value: unknown,
): Promise<boolean> {
  const { door, person, t } = request;
  const answer = await door.changeSetting(key, value, actorOf(person));
  if (answer.kind !== 'changed') {
    replyText(request, refusal(request, key, answer));
    return false;
  }
  const undo = await undoButton(request, answer.changeId);
  const change = {
    name: settingName(key, t),
    from: showValue(key, answer.before, t),
    to: showValue(key, answer.after, t),
  };
  reply(request, compose([t('setting-changed', change)], undo.buttons), undo.options);
  return true;
}

interface UndoButton {
  readonly buttons: Buttons;
  readonly options: ReplyOptions;
}

/** None where the undo would loosen what this person may only tighten. */
async function undoButton(request: Request, changeId: string): Promise<UndoButton> {
  const { door, person, chatId, t, tickets } = request;
  if (!mayChange(person.role, door.previewUndo(changeId))) return { buttons: [], options: {} };
  const nonces = await tickets.issue(person.id, chatId, UNDO_TTL_MS, [
    { action: 'undo_setting', subject: changeId },
  ]);
  const button = ticketButton(t.plain('button-undo'), nonces[0] ?? '');
  return { buttons: [[button]], options: { onSent: (id) => tickets.bind(nonces, id) } };
}

/** Several settings at once, in the message that asked for it, with one Undo for all of them. */
export async function showApplied(
  request: Request,
  messageId: number,
  answer: SettingAnswer,
): Promise<void> {
  const { t } = request;
  const lines = changeLines(request, answer);
  if (!lines || answer.kind === 'gone' || answer.kind === 'invalid') {
    const key = answer.kind === 'invalid' ? answer.key : '';
    editText(request, messageId, refusal(request, key, answer.kind === 'invalid' ? answer : null));
    return;
  }
  const undo = await undoButton(request, answer.changeId);
  const blocks = [t('settings-applied'), ...lines, doneBy(request)];
  edit(request, messageId, compose(blocks, undo.buttons), undo.options);
}

/** One line of HTML for each setting that changed; null when none did. */
export function changeLines({ t }: Request, answer: SettingAnswer): string[] | null {
  if (answer.kind === 'changed') return differenceLines([answer], t);
  return answer.kind === 'changed_many' ? differenceLines(answer.differences, t) : null;
}

/** The allowed range in words where it is known; otherwise what the schema said. */
export function refusal({ t, door }: Request, key: string, answer: SettingAnswer | null): string {
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
