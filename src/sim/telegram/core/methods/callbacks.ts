import { z } from 'zod';
import { flag, int, read } from '../payload.ts';
import { badRequest } from '../reply.ts';
import type { Call } from './call.ts';

const ANSWER_MAX = 200;
const ANSWER = z.object({
  callback_query_id: z.string(),
  text: z.string().optional(),
  show_alert: flag.optional(),
  url: z.string().optional(),
  cache_time: int.optional(),
});

export function answerCallbackQuery(call: Call): true {
  const { world } = call;
  const args = read(ANSWER, call.payload);
  const text = args.text ?? '';
  if (text.length > ANSWER_MAX) throw badRequest('MESSAGE_TOO_LONG');
  const id = args.callback_query_id;
  const answer = world.callbacks.answer(id, text, args.show_alert === true, world.clock.now());
  const at = { chatId: answer.chatId, messageId: answer.messageId };
  world.note({ who: 'bot', act: 'answers', text, ...at });
  world.events.emit({ type: 'answer', chatId: answer.chatId, answer });
  return true;
}
