/** Groups that alerts go to: `/here` binds one with its topic, `/away` takes it back. */

import { describeFailure } from '../api/failure.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import { parseCommand } from '../commands/router.ts';
import type { BotContext, Request } from '../context.ts';
import { oneLine } from '../one-line.ts';
import type { Directory } from '../people/directory.ts';
import { reply, replyText } from '../reply.ts';
import { topicOf } from '../topic.ts';
import { compose } from '../views/view.ts';

const COMMON = { role: 'owner', danger: 'acts', group: 'people', args: {} } as const;
const TITLE_MAX = 256;

export const hereCommand: Command = defineCommand({
  ...COMMON,
  name: 'here',
  run: async (request) => {
    const { ctx, t, directory, person, clock } = request;
    const { chat } = ctx;
    if (!chat || chat.type === 'private') {
      replyText(request, t('room-private'));
      return;
    }
    const threadId = topicOf(ctx);
    await directory.setRoom(chat.id, {
      chatId: chat.id,
      ...(threadId === undefined ? {} : { threadId }),
      title: oneLine(chat.title ?? '').slice(0, TITLE_MAX),
      language: person.locale,
      timeZone: person.timeZone,
      boundBy: person.id,
      at: clock.now(),
    });
    replyText(request, t('room-bound'));
  },
});

export const awayCommand: Command = defineCommand({
  ...COMMON,
  name: 'away',
  run: async (request) => {
    const { ctx, t, directory } = request;
    const { chat } = ctx;
    if (!chat || chat.type === 'private') {
      replyText(request, t('room-private'));
      return;
    }
    await directory.setRoom(chat.id, null);
    reply(request, compose([t('room-left')]), { onSent: () => leave(request, chat.id) });
  },
});

function leave({ api, jobs }: Request, chatId: number): void {
  jobs.run('leave group', async () => {
    await api.leaveChat(chatId);
  });
}

export type GroupVerdict = 'welcome' | 'ignore' | 'leave';

/**
 * Whether an update from a group concerns the bot. Only an owner brings it into one, and only
 * people with access are heard in it; it leaves every other group.
 */
export function judgeGroup(directory: Directory, ctx: BotContext): GroupVerdict {
  const person = ctx.from ? directory.find(ctx.from.id) : null;
  const status = ctx.myChatMember?.new_chat_member.status;
  if (status === 'left' || status === 'kicked') return 'ignore';
  if (directory.room(ctx.chatId ?? 0)) return person ? 'welcome' : 'ignore';
  if (person?.role !== 'owner') return 'leave';
  // Until it is bound, others read along: nothing but the binding is answered there.
  const typed = parseCommand(ctx.message?.text ?? '');
  return ctx.message && typed?.name !== 'here' ? 'ignore' : 'welcome';
}

/** What changes a binding unasked: removal, and a group that becomes a supergroup. */
export async function followGroup(
  directory: Directory,
  ctx: BotContext,
  log: Request['log'],
): Promise<void> {
  const room = directory.room(ctx.chatId ?? 0);
  if (!room) return;
  const status = ctx.myChatMember?.new_chat_member.status;
  const movedTo = ctx.message?.migrate_to_chat_id;
  try {
    if (status === 'left' || status === 'kicked') await directory.setRoom(room.chatId, null);
    if (movedTo === undefined) return;
    await directory.setRoom(movedTo, { ...room, chatId: movedTo });
    await directory.setRoom(room.chatId, null);
  } catch (error) {
    log.warn(describeFailure(error), 'change of a group not saved');
  }
}
