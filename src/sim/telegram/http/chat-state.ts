/** What the page needs to know about a chat besides its messages. */
import type { TelegramCore } from '../core/core.ts';

export function chatState(core: TelegramCore, user: string): object {
  const room = core.room(user);
  const keyboard = room.replyKeyboard;
  return {
    user,
    users: core.users(),
    bot: { name: core.bot.first_name, username: core.bot.username },
    commands: core.commands(user),
    pinned: room.pins,
    blocked: room.membership === 'blocked',
    started: room.membership !== 'none',
    replyKeyboard:
      keyboard === undefined
        ? null
        : {
            rows: keyboard.keyboard.map((row) =>
              row.map((button) => (typeof button === 'string' ? button : button.text)),
            ),
            oneTime: keyboard.one_time_keyboard === true,
            placeholder: keyboard.input_field_placeholder ?? null,
          },
    forceReply:
      room.forceReply === undefined
        ? null
        : {
            messageId: room.forceReply.messageId,
            placeholder: room.forceReply.markup.input_field_placeholder ?? null,
          },
    pendingTaps: core
      .unansweredCallbacks()
      .filter(({ chatId }) => chatId === room.chat.id)
      .map(({ id, messageId, data, at }) => ({ id, messageId, data, at })),
  };
}
