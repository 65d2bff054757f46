/** The second factor in chat: asking for codes, enrolling, and what it is asked for. */
import { MINUTE_MS } from '../../core/time.ts';
import { classifyFailure, describeFailure } from '../api/failure.ts';
import { pressButton } from '../buttons/keys.ts';
import type { PressHandler } from '../buttons/router.ts';
import type { BotContext, Request } from '../context.ts';
import { GUARDS, isGuard } from '../people/guards.ts';
import { allows } from '../people/roles.ts';
import type { CodeVerdict } from '../people/second-factor.ts';
import { audit, edit, reply, replyText, toast } from '../reply.ts';
import { duration } from '../views/duration.ts';
import { type Buttons, compose, type View } from '../views/view.ts';
import { Waiting } from '../waiting.ts';

/** An act that waits for the code of the one who pressed. */
interface Held {
  readonly request: Request;
  readonly run: () => void | Promise<void>;
}

const CODE = /^\d{3}[ -]?\d{3}$/;
const WAIT_MS = MINUTE_MS;

export class SecondFactorFeature {
  readonly #held = new Waiting<Held>();

  /** Holds the act until a code comes, for a minute. Refused for who has no second factor. */
  hold(request: Request, run: () => void | Promise<void>): void {
    const { factor, person, clock, t } = request;
    if (!factor.isEnrolled(person.id)) {
      replyText(request, t('factor-missing'));
      return;
    }
    const key = keyOf(request.ctx);
    this.#held.keep(clock, key, { request, run }, clock.now() + WAIT_MS, (late) => {
      replyText(late.request, late.request.t('factor-late'));
    });
    replyText(request, t('factor-ask'));
  }

  /** A message that may be a code. True when it was taken; it is deleted whatever it was. */
  async take(request: Request): Promise<boolean> {
    const { ctx, person, factor } = request;
    const text = ctx.message?.text?.trim() ?? '';
    if (!CODE.test(text)) return false;
    const code = text.replace(/\D/g, '');
    const key = keyOf(ctx);
    if (factor.isEnrolling(person.id)) {
      deleteMessage(request);
      await this.#finish(request, code);
      return true;
    }
    const held = this.#held.peek(key);
    if (!held) return false;
    deleteMessage(request);
    const verdict = factor.verify(person.id, code);
    if (verdict.kind === 'ok') {
      this.#held.take(key);
      audit(request, 'factor_used', '');
      await held.run();
      return true;
    }
    if (verdict.kind === 'locked') this.#held.take(key);
    replyText(request, refusal(request, verdict));
    return true;
  }

  /** Prints the QR code in the terminal. */
  readonly enrolPress: PressHandler = {
    role: 'operator',
    run: (request) => {
      const { factor, person, t, ctx } = request;
      toast(request, ctx);
      factor.begin(person);
      audit(request, 'factor_shown', '');
      replyText(request, t('factor-shown'));
    },
  };

  /** Switches what is guarded; for owners, who can give themselves no easier way round it. */
  readonly guardPress: PressHandler = {
    role: 'owner',
    run: async (request, { messageId, subject }) => {
      const { factor, person, ctx, t } = request;
      if (!isGuard(subject)) return;
      const isOn = !factor.guards().includes(subject);
      if (isOn && !factor.isEnrolled(person.id)) {
        toast(request, ctx, t.plain('factor-enrol-first'), true);
        return;
      }
      toast(request, ctx);
      const change = async () => {
        await factor.setGuard(subject, isOn);
        audit(request, isOn ? 'guard_on' : 'guard_off', subject);
        edit(request, messageId, () => overview(request));
      };
      if (!isOn && factor.isWanted([subject], person.id)) this.hold(request, change);
      else await change();
    },
  };

  show(request: Request): void {
    reply(request, () => overview(request));
  }

  async #finish(request: Request, code: string): Promise<void> {
    const { factor, person, t } = request;
    const verdict = await factor.finish(person.id, code);
    if (verdict.kind === 'ok') {
      audit(request, 'factor_enrolled', '');
      replyText(request, t('factor-enrolled'));
    } else replyText(request, refusal(request, verdict));
  }
}

function overview({ factor, person, t }: Request): View {
  const guards = factor.guards();
  const own = t(factor.isEnrolled(person.id) ? 'factor-own-yes' : 'factor-own-no');
  const lines = GUARDS.map((guard) => {
    const state = t.plain(guards.includes(guard) ? 'value-on' : 'value-off');
    return t('factor-line', { name: t.plain(`guard-${guard}`), state });
  });
  const enrol = pressButton(t.plain('button-enrol'), 'enrol');
  const toggles: Buttons = allows(person.role, 'owner')
    ? GUARDS.map((guard) => [
        pressButton(
          `${guards.includes(guard) ? '☑' : '☐'} ${t.plain(`guard-${guard}`)}`,
          'guard',
          guard,
        ),
      ])
    : [];
  return compose([t('factor-title'), own, ...lines, t('factor-hint')], [[enrol], ...toggles]);
}

function refusal({ t }: Request, verdict: CodeVerdict): string {
  if (verdict.kind === 'locked') return t('factor-locked', { span: duration(verdict.forMs, t) });
  return t('factor-wrong', { left: verdict.kind === 'wrong' ? verdict.left : 0 });
}

/** A code is worth nothing once used, and still does not belong in the history of a chat. */
function deleteMessage({ jobs, api, chatId, ctx, log }: Request): void {
  const messageId = ctx.message?.message_id;
  if (messageId === undefined) return;
  jobs.run('delete a code', async () => {
    try {
      await api.deleteMessage(chatId, messageId);
    } catch (error) {
      if (classifyFailure(error).kind !== 'message_gone')
        log.warn(describeFailure(error), 'code not deleted');
    }
  });
}

function keyOf(ctx: BotContext): string {
  return `${ctx.chatId ?? 0}:${ctx.from?.id ?? 0}`;
}
