/**
 * What holds the service back as the journal tells it: pause, halts, outcomes that are not known.
 * Read without the engine's help and compared with what people are shown.
 */
import { z } from 'zod';
import type { EngineDoor } from '../../engine/index.ts';
import type { IntentBook } from './intent-book.ts';
import type { DurableRecord } from './journal-watch.ts';

const pausedSchema = z.object({ since: z.number() });
const haltSchema = z.object({ code: z.string() });

/** Lets risk be lowered; every other halt stops everything. */
const REDUCING = 'contested';
/** Ends by a person's hand only. */
const FOR_PEOPLE: ReadonlySet<string> = new Set([REDUCING, 'key_rejected']);

export class PostureFold {
  readonly #intents: IntentBook;
  readonly #halts = new Set<string>();
  #pausedSince: number | null = null;

  constructor(intents: IntentBook) {
    this.#intents = intents;
  }

  onRecord({ type, body }: DurableRecord): void {
    if (type === 'paused') this.#pausedSince = pausedSchema.parse(body).since;
    if (type === 'resumed') this.#pausedSince = null;
    if (type === 'halted') this.#halts.add(haltSchema.parse(body).code);
    if (type === 'halt_cleared') this.#halts.delete(haltSchema.parse(body).code);
  }

  /** What is shown otherwise than it is on disk; null when nothing is. */
  objection(door: EngineDoor): string | null {
    const shown = shownPosture(door);
    const durable = this.text();
    if (shown === durable || shown === null) return null;
    return `shows "${shown}", journal says "${durable}"`;
  }

  /** Comparable with `shownPosture`. */
  text(): string {
    const halts = [...this.#halts];
    const gravest = halts.some((code) => code !== REDUCING) ? 'halted' : 'reducing';
    return describePosture({
      pausedSince: this.#pausedSince,
      mode: halts.length === 0 ? 'active' : gravest,
      waitsForPerson: halts.some((code) => FOR_PEOPLE.has(code)),
      unknown: this.#intents.unknown().length,
    });
  }
}

/** Null while the service is stopping: then it shows just that. */
export function shownPosture(door: EngineDoor): string | null {
  const status = door.status();
  if (status.modeReason === 'stopping') return null;
  return describePosture({
    pausedSince: status.paused?.since ?? null,
    mode: status.mode,
    waitsForPerson: status.haltNeedsPerson,
    unknown: status.unknownOutcomes,
  });
}

function describePosture(view: {
  readonly pausedSince: number | null;
  readonly mode: string;
  readonly waitsForPerson: boolean;
  readonly unknown: number;
}): string {
  const { pausedSince, mode, waitsForPerson, unknown } = view;
  const pause = pausedSince === null ? 'not paused' : `paused since ${pausedSince}`;
  return `${pause}, ${mode}${waitsForPerson ? ' for a person' : ''}, ${unknown} unknown`;
}
