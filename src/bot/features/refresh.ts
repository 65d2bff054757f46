/** Buttons that show the present state in the message they are on, or open another message. */
import { isSymbol } from '../../core/symbol.ts';
import type { PressHandler } from '../buttons/router.ts';
import { reply, replyText, toast } from '../reply.ts';
import { whyNow } from './why.ts';

export const whyPress: PressHandler = {
  role: 'viewer',
  run: (request, { subject }) => {
    toast(request, request.ctx);
    if (isSymbol(subject)) reply(request, () => whyNow(request, subject));
  },
};

export const plansPress: PressHandler = {
  role: 'viewer',
  run: (request) => {
    toast(request, request.ctx);
    const { door, plans, person, chatId, t } = request;
    const pending = door.plans();
    if (pending.length === 0) replyText(request, t('plan-none'));
    for (const plan of pending) plans.show(plan, person, chatId, 'reply');
  },
};
