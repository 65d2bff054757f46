/** `/pause`, `/panic`, `/resume`: pausing is done at once, resuming is asked for. */

import { actedBy } from '../acted-by.ts';
import { pressButton, ticketButton } from '../buttons/keys.ts';
import type { Press, PressHandler } from '../buttons/router.ts';
import { optional } from '../commands/argument.ts';
import { duration as durationArgument } from '../commands/arguments.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import type { Request } from '../context.ts';
import { actorOf } from '../people/directory.ts';
import { allows } from '../people/roles.ts';
import { edit, inBackground, reply, replyText, toast } from '../reply.ts';
import { bannerLines, pauseLine } from '../views/banner.ts';
import { times } from '../views/format.ts';
import { type Buttons, compose, type View } from '../views/view.ts';
import { encodeAct } from './act-buttons.ts';
import { answerPause } from './pause-answer.ts';
import type { Questions } from './questions.ts';

const ASK_TTL_MS = 60_000;
/** What "reduce everything" offers: multiples of equity. */
const LEVERAGES = [1, 2, 3, 5] as const;

export const pauseCommand: Command = defineCommand({
  name: 'pause',
  role: 'operator',
  danger: 'acts',
  group: 'act',
  args: { span: optional(durationArgument) },
  examples: ['2h', '30m'],
  run: (request, { span }) => {
    const { clock, t } = request;
    const until = span === null ? null : clock.now() + span;
    pauseNow(request, until, () => pausedView(request, [[resumeButton(t)]]));
  },
});

export const panicCommand: Command = defineCommand({
  name: 'panic',
  role: 'operator',
  danger: 'acts',
  group: 'act',
  args: {},
  run: (request) => panic(request),
});

/** Writes are refused from the first line on; everything else follows. */
export function panic(request: Request): void {
  pauseNow(request, null, () => panicView(request));
}

function pauseNow(request: Request, untilMs: number | null, shown: () => View): void {
  const { door, person } = request;
  answerPause(request, door.pause(untilMs, actorOf(person)), shown);
}

function panicView(request: Request): View {
  const { t, door } = request;
  const leverage = door.balance().leverage;
  // A choice above the present leverage would reduce nothing.
  const choices = LEVERAGES.filter((times) => leverage === null || times < leverage);
  const reduce = choices.map((choice) => {
    const act = encodeAct({ kind: 'deleverage', leverage: choice }) ?? '';
    return pressButton(t.plain('button-deleverage', { times: choice }), 'act', act, 'danger');
  });
  const status = pressButton(t.plain('button-status'), 'status');
  const buttons = [...(reduce.length > 0 ? [reduce] : []), [resumeButton(t), status]];
  const view = pausedView(request, buttons);
  const offer = t('panic-offer', { leverage: times(leverage) });
  return compose([t('panic-title'), ...view.pages, ...(reduce.length > 0 ? [offer] : [])], buttons);
}

function pausedView({ t, door }: Request, buttons: Buttons): View {
  const { paused } = door.status();
  const line = paused ? pauseLine(paused, t) : t('resume-not-paused');
  return compose([line, t('pause-means')], buttons);
}

function resumeButton(t: Request['t']) {
  return pressButton(t.plain('button-resume'), 'resume', '', 'success');
}

export class ResumeFeature {
  readonly #questions: Questions;

  constructor(questions: Questions) {
    this.#questions = questions;
  }

  readonly command: Command = defineCommand({
    name: 'resume',
    role: 'operator',
    danger: 'risky',
    group: 'act',
    args: {},
    run: (request) => this.#ask(request),
  });

  /** The button on a message that tells of a pause or a halt. */
  readonly press: PressHandler = {
    role: 'operator',
    run: (request) => {
      toast(request, request.ctx);
      return this.#ask(request);
    },
  };

  resume(request: Request, { messageId }: Press): void {
    const { t, door, person } = request;
    inBackground(request, 'resume', messageId, async () => {
      const answer = await door.resume(actorOf(person));
      const by = actedBy(request);
      const key = {
        resumed: 'resume-done',
        not_paused: 'resume-not-paused',
        halted: 'resume-halted',
      };
      edit(request, messageId, compose([t(key[answer], by), ...bannerLines(door.status(), t)]));
    });
  }

  clearHalt(request: Request, { messageId }: Press): void {
    const { t, door, person } = request;
    if (!allows(person.role, 'owner')) {
      edit(request, messageId, compose([t('halt-for-owner'), ...bannerLines(door.status(), t)]));
      return;
    }
    inBackground(request, 'clear halt', messageId, async () => {
      const answer = await door.clearHalt(actorOf(person));
      const by = actedBy(request);
      const key = { cleared: 'halt-cleared', not_halted: 'halt-none', holds: 'halt-holds' };
      edit(request, messageId, compose([t(key[answer], by), ...bannerLines(door.status(), t)]));
    });
  }

  /** A pause takes one confirmation, a halt that waits for a person takes two, of an owner. */
  #ask(request: Request): void | Promise<void> {
    const { t, door, clock, person } = request;
    const status = door.status();
    const banner = bannerLines(status, t);
    if (status.haltNeedsPerson && status.mode !== 'active') {
      if (!allows(person.role, 'owner')) {
        reply(request, compose([t('halt-for-owner'), ...banner]));
        return;
      }
      return this.#questions.ask(request, {
        blocks: [t('halt-ask-first'), ...banner],
        confirm: t.plain('button-continue'),
        style: 'primary',
        expiresAt: clock.now() + ASK_TTL_MS,
        onConfirm: (same, messageId) => this.#askTicket(same, messageId, 'clear_halt'),
      });
    }
    if (status.paused) return this.#askTicket(request, null, 'resume');
    replyText(request, t(status.mode === 'active' ? 'resume-not-paused' : 'resume-halted-itself'));
  }

  /** The last question, whose ticket acts; the sides are those of a second question. */
  async #askTicket(
    request: Request,
    messageId: number | null,
    action: 'resume' | 'clear_halt',
  ): Promise<void> {
    const { t, door, person, chatId, tickets, clock } = request;
    const nonces = await tickets.issue(person.id, chatId, ASK_TTL_MS, [
      { action, subject: String(clock.now()) },
      { action: 'cancel', subject: action },
    ]);
    const [yes = '', no = ''] = nonces;
    const isHalt = action === 'clear_halt';
    const row = [
      ticketButton(t.plain('button-cancel'), no),
      ticketButton(t.plain('button-resume'), yes, isHalt ? 'danger' : 'success'),
    ];
    const resume = door.status().dryRun ? 'resume-ask-dry' : 'resume-ask';
    const ask = t(isHalt ? 'halt-ask-second' : resume);
    const view = compose([ask, ...bannerLines(door.status(), t)], [row]);
    const onSent = (id: number) => tickets.bind(nonces, id);
    if (messageId === null) reply(request, view, { onSent });
    else edit(request, messageId, view, { onSent });
  }
}
