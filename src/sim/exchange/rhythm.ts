/** The beat of a running simulator: time goes on, frames go out, in real time. */
import type { Cancel } from '../../ports/clock.ts';
import type { Venue } from './venue.ts';
import type { Hub } from './ws/hub.ts';

/** Prices, liquidations and account events: twenty times a second. */
const BEAT_MS = 50;
/** With a wanted frame rate the beat is finer, so that frames do not come in large bursts. */
const LOAD_BEAT_MS = 10;
const MARKS_EVERY_MS = 250;
const TICKERS_EVERY_MS = 1_000;
const PULSE_EVERY_MS = 1_000;
/** After a long pause of the process frames are not caught up with. */
const OWED_MS_MAX = 250;

export class Rhythm {
  readonly #venue: Venue;
  readonly #hub: Hub;
  readonly #framesPerSecond: number | undefined;
  #cancel: Cancel;
  #isStopped = false;
  #beatAt: number;
  #marksAt = 0;
  #tickersAt = 0;
  #pulseAt = 0;
  #owed = 0;

  constructor(venue: Venue, hub: Hub, framesPerSecond: number | undefined) {
    this.#venue = venue;
    this.#hub = hub;
    this.#framesPerSecond = framesPerSecond;
    this.#beatAt = venue.clock.monotonicMs();
    this.#cancel = this.#next();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  #next(): Cancel {
    const delay = this.#framesPerSecond === undefined ? BEAT_MS : LOAD_BEAT_MS;
    return this.#venue.clock.after(delay, () => {
      this.#beat();
      if (!this.#isStopped) this.#cancel = this.#next();
    });
  }

  #beat(): void {
    const now = this.#venue.clock.monotonicMs();
    const passed = Math.min(OWED_MS_MAX, now - this.#beatAt);
    this.#beatAt = now;
    this.#venue.catchUp();
    this.#venue.flush();
    if (this.#framesPerSecond !== undefined) this.#pushOwed(this.#framesPerSecond, passed);
    else if (now - this.#marksAt >= MARKS_EVERY_MS) {
      this.#marksAt = now;
      this.#hub.push(({ kind }) => kind === 'status');
    }
    if (now - this.#tickersAt >= TICKERS_EVERY_MS) {
      this.#tickersAt = now;
      this.#hub.push(({ kind }) => kind === 'ticker' || kind === 'candles');
    }
    if (now - this.#pulseAt >= PULSE_EVERY_MS) {
      this.#pulseAt = now;
      this.#hub.pulse();
    }
  }

  #pushOwed(perSecond: number, passedMs: number): void {
    this.#owed += (perSecond * passedMs) / 1_000;
    const frames = Math.floor(this.#owed);
    this.#owed -= frames;
    this.#hub.pushMarks(frames);
  }
}
