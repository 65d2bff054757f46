/** Files people send: settings, from those who may change them, in the private chat. */
import type { MiddlewareFn } from 'grammy';
import { type BotContext, requestOf, type Services } from '../context.ts';
import { hasFile, takeFile } from '../features/export.ts';
import type { ProposalFeature } from '../features/proposals.ts';
import { allows } from '../people/roles.ts';
import { replyText } from '../reply.ts';

export function files(services: Services, proposals: ProposalFeature): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    if (!hasFile(ctx) || ctx.chat?.type !== 'private') return next();
    const request = requestOf(services, ctx);
    const { t, person } = request;
    if (allows(person.role, 'operator')) takeFile(request, proposals);
    else
      replyText(
        request,
        t('command-forbidden', { name: 'import', role: t.plain('role-operator') }),
      );
  };
}
