/** How the service itself is doing: exchange, engine, chat. */
import type { HealthView } from '../../engine/door.ts';
import type { Words } from '../i18n/words.ts';
import { age, duration } from './duration.ts';
import { alignRows } from './table.ts';
import { type Block, type Buttons, compose, type View } from './view.ts';

/** The chat's side. */
export interface ChatHealth {
  readonly polling: string;
  readonly lastAnswerAgeMs: number | null;
  readonly waiting: number;
  readonly lost: number;
  readonly unreachable: number;
  readonly ignored: number;
}

export function healthView(
  engine: HealthView,
  chat: ChatHealth,
  banner: readonly string[],
  t: Words,
  buttons: Buttons,
): View {
  const isWell = engine.feedUp && engine.venueFailuresInARow === 0 && engine.unknownOutcomes === 0;
  const blocks: Block[] = [
    t(isWell ? 'health-title' : 'health-title-trouble'),
    ...banner,
    { rows: alignRows([...engineRows(engine, t), ...chatRows(chat, t)], ['left', 'right'], '  ') },
  ];
  return compose(blocks, buttons);
}

function engineRows(health: HealthView, t: Words): string[][] {
  return [
    [t('health-uptime'), duration(health.uptimeMs, t)],
    [
      t('health-feed'),
      `${t(health.feedUp ? 'value-up' : 'value-down')} ${age(health.feedAgeMs, t)}`,
    ],
    [t('health-account'), age(health.snapshotAgeMs, t)],
    [t('health-streamed'), `${health.streamed}/${health.positions}`],
    [t('health-frames'), String(Math.round(health.framesPerMinute))],
    [t('health-writes'), `${health.writesLastMinute}/${health.writesPerMinuteMax}`],
    [t('health-cycles'), String(health.cycles)],
    [t('health-cycle'), health.lastCycleMs === null ? '–' : `${Math.round(health.lastCycleMs)} ms`],
    [t('health-unknown'), String(health.unknownOutcomes)],
    [t('health-failures'), String(health.venueFailuresInARow)],
  ];
}

function chatRows(chat: ChatHealth, t: Words): string[][] {
  return [
    [t('health-chat'), t(`polling-${chat.polling}`)],
    [t('health-chat-age'), age(chat.lastAnswerAgeMs, t)],
    [t('health-waiting'), String(chat.waiting)],
    [t('health-lost'), String(chat.lost)],
    [t('health-unreachable'), String(chat.unreachable)],
    [t('health-ignored'), String(chat.ignored)],
  ];
}
