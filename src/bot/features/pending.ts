/** `/pending`: everything that waits for a person or for the exchange. */
import { pressButton } from '../buttons/keys.ts';
import type { PressHandler } from '../buttons/router.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import type { Request } from '../context.ts';
import { edit, reply, toast } from '../reply.ts';
import { bannerLines } from '../views/banner.ts';
import { duration } from '../views/duration.ts';
import { rate, usd } from '../views/format.ts';
import { namesFor } from '../views/names.ts';
import { type Block, compose, type View } from '../views/view.ts';
import { homeButton } from './start.ts';

export const pendingCommand: Command = defineCommand({
  name: 'pending',
  role: 'viewer',
  danger: 'reads',
  group: 'see',
  args: {},
  run: (request) => reply(request, () => pendingView(request)),
});

export const pendingPress: PressHandler = {
  role: 'viewer',
  run: (request, { messageId }) => {
    toast(request, request.ctx);
    edit(request, messageId, () => pendingView(request));
  },
};

function pendingView(request: Request): View {
  const { door, t, clock } = request;
  const status = door.status();
  const plans = door.plans().map((plan) =>
    t('pending-plan', {
      short: usd(plan.shortfallUsd),
      rate: rate(plan.accountRatePct),
      n: plan.reductions.length,
      span: duration(plan.expiresAt - clock.now(), t),
    }),
  );
  const fenced = door.positions().filter((position) => position.fenced);
  const nameOf = namesFor(fenced.map(({ symbol }) => symbol));
  const unknown = fenced.map(({ symbol }) => t('pending-fenced', { name: nameOf(symbol) }));
  const lines: Block[] = [...plans, ...unknown];
  const banner = bannerLines(status, t);
  const home = [homeButton(t)];
  if (lines.length === 0) return compose([t('pending-none'), ...banner], [home]);
  const show = pressButton(t.plain('button-plans'), 'plans', '', 'primary');
  return compose(
    [t('pending-title'), ...banner, ...lines],
    plans.length > 0 ? [[show], home] : [home],
  );
}
