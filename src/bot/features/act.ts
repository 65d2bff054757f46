/** Acts by hand: a preview with its effect, one confirmation (two where risk rises), the result. */

import type { ActAnswer, ActPreview, ActRequest, ActResult } from '../../engine/door.ts';
import { actedBy } from '../acted-by.ts';
import { ticketButton } from '../buttons/keys.ts';
import type { Press, PressHandler } from '../buttons/router.ts';
import { asPerson, type Request } from '../context.ts';
import { actorOf } from '../people/directory.ts';
import { edit, inBackground, reply, toast } from '../reply.ts';
import {
  type ActModel,
  actPreviewBlocks,
  actPreviewView,
  actRanView,
  expiryLine,
  settledActView,
} from '../views/act.ts';
import { bannerLines } from '../views/banner.ts';
import { clockTime } from '../views/format.ts';
import { type Buttons, compose, type View } from '../views/view.ts';
import { Waiting } from '../waiting.ts';
import { decodeAct, requestFor } from './act-buttons.ts';
import type { Questions } from './questions.ts';
import { tellOthers } from './tell-others.ts';

/** One message that shows the act; a second person has one of their own. */
interface Place {
  readonly request: Request;
  readonly messageId: number;
}

interface OpenAct {
  readonly model: ActModel;
  readonly places: readonly Place[];
}

type Answer<K> = Extract<ActResult, { readonly kind: K }>;

export class ActFeature {
  readonly #questions: Questions;
  readonly #open = new Waiting<OpenAct>();

  constructor(questions: Questions) {
    this.#questions = questions;
  }

  /** A button that names an act: on positions, alerts, the answer to a panic. */
  readonly press: PressHandler = {
    role: 'operator',
    run: (request, { subject }) => {
      const act = decodeAct(subject);
      toast(request, request.ctx, act ? '' : request.t.plain('button-outdated'), !act);
      if (!act) return;
      const { thresholds } = request.door.settings().effective;
      return this.propose(request, requestFor(act, thresholds.emergency_margin_rate));
    },
  };

  /** Shows what an act would do and asks. */
  propose(request: Request, act: ActRequest): void | Promise<void> {
    const answer = request.door.previewAct(act);
    if (answer.kind === 'preview') return this.#offer(request, answer.preview, false, null);
    reply(request, compose([refusalText(request, answer)]));
  }

  run(request: Request, { messageId, subject }: Press): void {
    const { t, door, person, clock } = request;
    const open = this.#open.take(subject);
    const places = withPlace(open?.places ?? [], request, messageId);
    const own = places.at(-1);
    for (const place of places) {
      const { request: at } = place;
      const line = at.t('act-running', { name: person.name, time: clockTime(clock.now(), at.t) });
      const view = open ? settledActView(open.model, line, at.t) : compose([line]);
      edit(at, place.messageId, view);
    }
    inBackground(request, 'act by hand', messageId, async () => {
      const answer = await door.runAct(subject, actorOf(person));
      if (answer.kind === 'ran') showEverywhere(places, (at) => ranView(at, request, answer));
      else if (answer.kind === 'needs_second') await this.#askSecond(request, answer, places);
      else if (answer.kind === 'changed') {
        const others = places.filter((place) => place !== own);
        showEverywhere(others, ({ t: words }) => compose([words('act-replaced')]));
        await this.#offer(request, answer.preview, true, messageId);
      } else if (answer.kind === 'gone') {
        showEverywhere(places, ({ t: words }) => compose([words('act-gone')]));
      } else {
        showEverywhere(places, (at) => compose([refusalText(at, answer)]));
      }
    });
    if (!open) toast(request, request.ctx, t.plain('button-working'));
  }

  cancel(request: Request, { messageId, subject }: Press): void {
    const open = this.#open.take(subject);
    showEverywhere(withPlace(open?.places ?? [], request, messageId), ({ t }) => {
      const line = t('act-cancelled', actedBy(request, t));
      return open ? settledActView(open.model, line, t) : compose([line]);
    });
  }

  /** Where risk rises, the first of two questions; otherwise the only one. */
  async #offer(
    request: Request,
    preview: ActPreview,
    changed: boolean,
    messageId: number | null,
  ): Promise<void> {
    const { t, door, clock } = request;
    const model = { preview, banner: bannerLines(door.status(), t), changed };
    if (preview.risk === 'lowers') return this.#decide(request, model, messageId, false);
    const blocks = [...actPreviewBlocks(model, t), expiryLine(model, clock.now(), t)];
    await this.#questions.ask(
      request,
      {
        blocks,
        confirm: t.plain('button-continue'),
        style: 'primary',
        expiresAt: preview.expiresAt,
        onConfirm: (same, id) => this.#decide(same, model, id, true),
      },
      messageId,
    );
  }

  /** The question whose button acts. */
  async #decide(
    request: Request,
    model: ActModel,
    messageId: number | null,
    isSecond: boolean,
  ): Promise<void> {
    const { clock, person, chatId, tickets } = request;
    const { id, expiresAt } = model.preview;
    const ttlMs = Math.max(0, expiresAt - clock.now());
    const nonces = await tickets.issue(person.id, chatId, ttlMs, [
      { action: 'run_act', subject: id },
      { action: 'cancel_act', subject: id },
    ]);
    const onSent = (sentId: number) => {
      tickets.bind(nonces, sentId);
      this.#keep(model, withPlace(this.#open.take(id)?.places ?? [], request, sentId), request);
    };
    const view = () => this.#decisionView(request, model, nonces, isSecond);
    if (messageId === null) reply(request, view, { onSent });
    else edit(request, messageId, view, { onSent });
  }

  #decisionView(
    { t, clock }: Request,
    model: ActModel,
    nonces: readonly string[],
    isSecond: boolean,
  ): View {
    const now = clock.now();
    if (now >= model.preview.expiresAt) return settledActView(model, t('act-expired'), t);
    const buttons = decisionButtons(model.preview, nonces, isSecond, t);
    const view = actPreviewView(model, now, t, buttons);
    if (!isSecond) return view;
    return compose([...actPreviewBlocks(model, t), t('act-really')], buttons);
  }

  #keep(model: ActModel, places: readonly Place[], { clock }: Request): void {
    const { id, expiresAt } = model.preview;
    this.#open.keep(clock, id, { model, places }, expiresAt, (late) => {
      showEverywhere(late.places, ({ t }) => settledActView(late.model, t('act-expired'), t));
    });
  }

  /** The rule of two people: everybody else who may act is asked too. */
  async #askSecond(
    request: Request,
    { preview, first }: Answer<'needs_second'>,
    places: readonly Place[],
  ): Promise<void> {
    const { door, person } = request;
    const isOwn = first.id === String(person.id);
    const key = isOwn ? 'second-asked' : 'second-needed';
    const model = { preview, banner: bannerLines(door.status(), request.t), changed: false };
    showEverywhere(places, ({ t }) => {
      return settledActView(model, t(key, { name: first.name }), t);
    });
    this.#keep(model, places, request);
    if (!isOwn) return;
    const asked: Promise<void>[] = [];
    tellOthers(request, (other) => {
      const theirs = asPerson(request, other);
      const banner = [theirs.t('second-wanted', { name: first.name }), ...model.banner];
      asked.push(this.#decide(theirs, { ...model, banner }, null, false));
    });
    await Promise.all(asked);
  }
}

function withPlace(known: readonly Place[], request: Request, messageId: number): Place[] {
  const others = known.filter(
    (place) => place.messageId !== messageId || place.request.chatId !== request.chatId,
  );
  return [...others, { request, messageId }];
}

function showEverywhere(places: readonly Place[], view: (request: Request) => View): void {
  for (const { request, messageId } of places) {
    edit(request, messageId, view(request));
  }
}

/** What the button is called: closing is a reduction of all of it. */
function verbOf(act: ActRequest): ActRequest['kind'] | 'close' {
  return act.kind === 'reduce' && act.sharePct >= 100 ? 'close' : act.kind;
}

/** In the second question the act is on the other side: a double tap cannot pass both. */
function decisionButtons(
  preview: ActPreview,
  [run = '', cancel = '']: readonly string[],
  isSecond: boolean,
  t: Request['t'],
): Buttons {
  const style = preview.reductions.length > 0 || isSecond ? 'danger' : 'success';
  const row = [
    ticketButton(t.plain(`button-act-${verbOf(preview.request)}`), run, style),
    ticketButton(t.plain('button-cancel'), cancel),
  ];
  return [isSecond ? row.reverse() : row];
}

function ranView({ t }: Request, request: Request, answer: Answer<'ran'>): View {
  const { preview, adjustments, reductions, dryRun } = answer;
  const { name: by, time } = actedBy(request, t);
  return actRanView({ preview, adjustments, reductions, dryRun, by, time }, t);
}

function refusalText(
  { t }: Request,
  answer: Extract<ActAnswer, { readonly kind: 'refused' | 'unavailable' }>,
): string {
  const { kind, reason } = answer;
  return t(kind === 'refused' ? `act-refused-${reason}` : `unavailable-${reason}`);
}
