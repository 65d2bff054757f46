/** `/rebalance`: the plan with Run and Cancel, and what became of it. */

import type { AdjustmentReport } from '../../core/notice.ts';
import type { RebalancePreview } from '../../engine/door.ts';
import type { Cancel } from '../../ports/clock.ts';
import { actedBy } from '../acted-by.ts';
import { pressButton, ticketButton } from '../buttons/keys.ts';
import type { Press, PressHandler } from '../buttons/router.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import type { Request } from '../context.ts';
import { actorOf } from '../people/directory.ts';
import { edit, inBackground, reply, toast } from '../reply.ts';
import { bannerLines } from '../views/banner.ts';
import {
  nothingToDoView,
  type PreviewModel,
  previewView,
  ranView,
  settledPlanView,
  unavailableView,
} from '../views/rebalance.ts';
import { type Buttons, compose, type View } from '../views/view.ts';

/** A plan that waits for its decision in one message. */
interface Open {
  readonly model: PreviewModel;
  readonly stopExpiry: Cancel;
}

const OPEN_MAX = 200;

export class RebalanceFeature {
  readonly #open = new Map<string, Open>();

  readonly command: Command = defineCommand({
    name: 'rebalance',
    role: 'operator',
    danger: 'risky',
    group: 'act',
    args: {},
    run: (request) => this.#propose(request, null),
  });

  /** "New plan" on a message whose plan is no longer good. */
  readonly replan: PressHandler = {
    role: 'operator',
    run: (request, { messageId }) => {
      toast(request, request.ctx);
      return this.#propose(request, messageId);
    },
  };

  run(request: Request, { messageId, subject }: Press): void {
    const { t, door, person } = request;
    const open = this.#take(subject);
    const running = t('rebalance-running', actedBy(request));
    edit(request, messageId, open ? settledPlanView(open.model, running, t) : compose([running]));
    inBackground(request, 'rebalance', messageId, async () => {
      const answer = await door.runRebalance(subject, actorOf(person));
      if (answer.kind === 'ran') {
        edit(request, messageId, ran(request, answer.adjustments, answer.dryRun));
      } else if (answer.kind === 'changed') {
        await this.#offer(request, answer.preview, answer.differences, messageId);
      } else if (answer.kind === 'gone') {
        edit(request, messageId, withReplan(request, compose([t('rebalance-gone')])));
      } else {
        edit(request, messageId, withReplan(request, unavailableView(answer.reason, t)));
      }
    });
  }

  cancel(request: Request, { messageId, subject }: Press): void {
    const { t } = request;
    const open = this.#take(subject);
    const line = t('rebalance-cancelled', actedBy(request));
    edit(request, messageId, open ? settledPlanView(open.model, line, t) : compose([line]));
  }

  #propose(request: Request, messageId: number | null): void | Promise<void> {
    const answer = request.door.previewRebalance();
    if (answer.kind === 'preview') return this.#offer(request, answer.preview, null, messageId);
    const view = withReplan(request, unavailableView(answer.reason, request.t));
    if (messageId === null) reply(request, view);
    else edit(request, messageId, view);
  }

  async #offer(
    request: Request,
    preview: RebalancePreview,
    changed: PreviewModel['changed'],
    messageId: number | null,
  ): Promise<void> {
    const { t, door, clock, person, chatId, tickets } = request;
    const model = { preview, banner: bannerLines(door.status(), t), changed };
    if (preview.adjustments.length === 0) {
      const view = nothingToDoView(model, t);
      if (messageId === null) reply(request, view);
      else edit(request, messageId, view);
      return;
    }
    const ttlMs = Math.max(0, preview.expiresAt - clock.now());
    const nonces = await tickets.issue(person.id, chatId, ttlMs, [
      { action: 'run_rebalance', subject: preview.id },
      { action: 'cancel_rebalance', subject: preview.id },
    ]);
    const view = () => {
      const now = clock.now();
      if (now >= preview.expiresAt) return expired(request, model);
      return previewView(model, now, t, decisionButtons(request, nonces));
    };
    const onSent = (id: number) => {
      tickets.bind(nonces, id);
      this.#expireLater(request, model, id);
    };
    if (messageId === null) reply(request, view, { onSent });
    else edit(request, messageId, view, { onSent });
  }

  #expireLater(request: Request, model: PreviewModel, messageId: number): void {
    const { clock } = request;
    const { id, expiresAt } = model.preview;
    const stopExpiry = clock.after(Math.max(0, expiresAt - clock.now()), () => {
      if (this.#take(id)) edit(request, messageId, expired(request, model));
    });
    this.#open.set(id, { model, stopExpiry });
    for (const [oldest, open] of this.#open) {
      if (this.#open.size <= OPEN_MAX) break;
      open.stopExpiry();
      this.#open.delete(oldest);
    }
  }

  #take(previewId: string): Open | undefined {
    const open = this.#open.get(previewId);
    open?.stopExpiry();
    this.#open.delete(previewId);
    return open;
  }
}

function decisionButtons({ t }: Request, [run = '', cancel = '']: readonly string[]): Buttons {
  return [
    [
      ticketButton(t.plain('button-run'), run, 'success'),
      ticketButton(t.plain('button-cancel'), cancel),
    ],
  ];
}

function ran(request: Request, adjustments: readonly AdjustmentReport[], dryRun: boolean): View {
  const { name: by, time } = actedBy(request);
  return ranView({ adjustments, dryRun, by, time }, request.t);
}

function expired(request: Request, model: PreviewModel): View {
  const { t } = request;
  return withReplan(request, settledPlanView(model, t('rebalance-expired'), t));
}

function withReplan({ t }: Request, view: View): View {
  const again = pressButton(t.plain('button-replan'), 'replan', '', 'primary');
  return { ...view, markup: { inline_keyboard: [[again]] } };
}
