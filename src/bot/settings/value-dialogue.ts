/** The dialogue that waits for a typed value: one question, at most five answers, ten minutes. */
import type { Conversation } from '@grammyjs/conversations';
import type { Context } from 'grammy';
import { pressButton } from '../buttons/keys.ts';
import { type BotContext, type Request, requestOf, type Services } from '../context.ts';
import type { Questions } from '../features/questions.ts';
import { reply, replyText } from '../reply.ts';
import { compose } from '../views/view.ts';
import { limitsOf } from './setting-table.ts';
import { readSetting, settingName, showLimits, showValue } from './show-value.ts';
import { takeTyped } from './typed-value.ts';

export const VALUE_DIALOGUE = 'value';
const TRIES_MAX = 5;
const WAIT_MS = 10 * 60_000;

/** Asks for the value of a setting and starts to wait for it. */
export async function askForValue(request: Request, key: string): Promise<void> {
  const { ctx, t, door } = request;
  const limits = limitsOf(key);
  if (!limits) return;
  await ctx.conversation.exitAll();
  const isTable = key.startsWith('risk_weights.') || key.startsWith('position_priority.');
  const removal = isTable && key !== 'position_priority.default' ? [t('setting-ask-remove')] : [];
  const question = t('setting-ask', {
    name: settingName(key, t),
    value: showValue(key, readSetting(door.settings().effective, key), t),
    limits: showLimits(limits, t),
  });
  const leave = pressButton(t.plain('button-leave'), 'leave');
  reply(request, compose([question, ...removal], [[leave]]));
  await ctx.conversation.enter(VALUE_DIALOGUE, key);
}

export type ValueDialogue = (
  conversation: Conversation<BotContext, Context>,
  ctx: Context,
  key: string,
) => Promise<void>;

/**
 * All effects are in `external`, because the lines before a wait run again with every update. What
 * is not a text of this person goes on to the other handlers.
 */
export function valueDialogue(services: Services, questions: Questions): ValueDialogue {
  return async (conversation, ctx, key) => {
    const userId = ctx.from?.id ?? 0;
    const wait = { next: true, maxMilliseconds: WAIT_MS };
    for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
      const answer = await conversation
        .waitFor('message:text', wait)
        .andFrom(userId, { next: true });
      const { text } = answer.msg;
      const isSettled = await conversation.external((outer) =>
        takeTyped(requestOf(services, outer), questions, key, text),
      );
      if (isSettled) return;
    }
    await conversation.external((outer) => {
      replyText(requestOf(services, outer), outer.t('dialogue-given-up'));
    });
  };
}
