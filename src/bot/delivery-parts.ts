/** Everything that speaks first: the outbox, who it reaches, alerts, digests, the live cards. */
import type { Api } from 'grammy';
import { DAY_MS } from '../core/time.ts';
import { ALERT_KEY, AlertBoard } from './alerts/alert-board.ts';
import { Audience } from './alerts/audience.ts';
import { Digest } from './alerts/digest.ts';
import { describeFailure } from './api/failure.ts';
import type { BotOptions } from './bot-options.ts';
import type { Tickets } from './buttons/tickets.ts';
import { dayPicture } from './features/day-picture.ts';
import { DEFAULT_LOCALE } from './i18n/locale.ts';
import type { Catalogue, Words } from './i18n/words.ts';
import type { Jobs } from './jobs.ts';
import { LiveCards } from './live-card/live-cards.ts';
import { DurableOutbox } from './outbox/durable-outbox.ts';
import type { Directory } from './people/directory.ts';
import { withLateMark } from './views/late.ts';
import type { Picture } from './views/picture.ts';
import { compose } from './views/view.ts';

interface Known {
  readonly api: Api;
  readonly directory: Directory;
  readonly tickets: Tickets;
  readonly words: Catalogue;
  readonly jobs: Jobs;
}

export interface DeliveryParts {
  readonly audience: Audience;
  readonly outbox: DurableOutbox;
  readonly alerts: AlertBoard;
  readonly digest: Digest;
  readonly cards: LiveCards;
}

export function buildDelivery(options: BotOptions, known: Known): DeliveryParts {
  const { door, clock, log } = options;
  const { api, jobs } = known;
  const audience = new Audience(known.directory, known.words);
  const outbox = buildOutbox(options, known, audience, (chatId, messageId) =>
    alerts.sent(chatId, messageId),
  );
  const common = { door, outbox, audience, jobs, clock, log };
  const alerts = new AlertBoard({ ...common, document: options.alerts });
  const digest = new Digest({ ...common, document: options.alerts });
  const cards = new LiveCards({
    ...{ ...common, api, document: options.cards },
    readers: () => audience.recipients('viewer').filter(({ preferences }) => preferences.card),
  });
  return { audience, outbox, alerts, digest, cards };
}

/** What looks and tells on its own, once messages can go out. */
export function startDelivery(options: BotOptions, { alerts, digest, cards }: DeliveryParts): void {
  if (options.liveCards !== false) cards.start();
  if (options.watchPositions !== false) alerts.start();
  digest.start();
}

function buildOutbox(
  options: BotOptions,
  { api, directory, tickets, words }: Known,
  audience: Audience,
  onAlertSent: (chatId: number, messageId: number) => void,
): DurableOutbox {
  const { outbox: document, clock, random, log } = options;
  const wordsFor = (chatId: number) => audience.wordsOf(chatId) ?? words(DEFAULT_LOCALE);
  return new DurableOutbox({
    ...{ api, document, clock, random, log },
    onUnreachable: (chatId) => directory.setReachable(chatId, false),
    draw: (chatId, picture) => drawn(options, picture, wordsFor(chatId)),
    mayReceive: (chatId) => audience.wordsOf(chatId) !== null,
    onBound: (nonces, messageId) => tickets.bind(nonces, messageId),
    onKeyed: (key, chatId, id) => {
      if (key === ALERT_KEY) onAlertSent(chatId, id);
    },
    markLate: (chatId, view, ageMs) => withLateMark(view, ageMs, wordsFor(chatId)),
    droppedView: (chatId, n) => compose([wordsFor(chatId)('outbox-dropped', { n })]),
  });
}

/** Null where it cannot be drawn: the text of the message says it all. */
async function drawn(
  { door, charts, clock, log }: BotOptions,
  { utcDay }: Picture,
  t: Words,
): Promise<Uint8Array | null> {
  try {
    const fromAt = Date.parse(utcDay);
    const toAt = Math.min(fromAt + DAY_MS, clock.now());
    return await dayPicture({ door, charts: charts ?? null }, fromAt, toAt, t);
  } catch (error) {
    log.warn(describeFailure(error), 'no picture for a report');
    return null;
  }
}
