import type { PressHandler } from '../buttons/router.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import { editText, replyText, toast } from '../reply.ts';

/** The dialogue itself was ended by the middleware before any command runs. */
export const cancelCommand: Command = defineCommand({
  name: 'cancel',
  role: 'viewer',
  danger: 'reads',
  group: 'people',
  args: {},
  run: (request) => {
    const key = request.ctx.leftDialogue ? 'dialogue-left' : 'dialogue-none';
    replyText(request, request.t(key));
  },
});

/** The button under a question does the same and clears the question. */
export const leavePress: PressHandler = {
  role: 'viewer',
  run: async (request, { messageId }) => {
    const { ctx, t } = request;
    toast(request, ctx);
    await ctx.conversation.exitAll();
    editText(request, messageId, t('dialogue-left'));
  },
};
