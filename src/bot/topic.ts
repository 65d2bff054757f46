import type { BotContext } from './context.ts';

/** The topic a message was written in; undefined in chats without and in the general one. */
export function topicOf({ msg }: Pick<BotContext, 'msg'>): number | undefined {
  return msg?.is_topic_message ? msg.message_thread_id : undefined;
}
