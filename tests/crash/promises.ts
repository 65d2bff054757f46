/**
 * What people were told in chat, held against the journal after each kill: acknowledged means kept.
 * What was asked for and not acknowledged may go either way, also in the next life, for Telegram
 * hands over again what was not taken; what is told later settles it.
 */
import type { Books } from './books.ts';

const UNSURE = Symbol('asked for, not acknowledged');

export class Promises {
  acknowledged = 0;
  #paused: boolean | typeof UNSURE = false;
  readonly #settings = new Map<string, unknown>();
  readonly #profiles = new Set<string>();
  readonly #spent = new Set<string>();

  get isPaused(): boolean {
    return this.#paused !== false;
  }

  /** Null while it may be either. */
  get toldPaused(): boolean | null {
    return this.#paused === UNSURE ? null : this.#paused;
  }

  get isDryRun(): boolean {
    return (this.#settings.get('liquidation.dry_run') ?? false) !== false;
  }

  pauseAsked(): void {
    this.#paused = UNSURE;
  }

  pauseTold(isPaused: boolean): void {
    this.#paused = isPaused;
    this.acknowledged += 1;
  }

  settingAsked(key: string): void {
    this.#settings.set(key, UNSURE);
  }

  settingTold(key: string, value: unknown): void {
    this.#settings.set(key, value);
    this.acknowledged += 1;
  }

  profileTold(name: string): void {
    this.#profiles.add(name);
    this.acknowledged += 1;
  }

  /** The bot showed that it acts on this permission. */
  spentTold(nonce: string): void {
    this.#spent.add(nonce);
    this.acknowledged += 1;
  }

  /** After a kill: the journal must hold what was told. */
  settle(books: Books): void {
    if (this.#paused !== UNSURE && this.#paused !== books.isPaused) {
      books.violation('told is kept', `paused ${this.#paused} in chat, ${books.isPaused} on disk`);
    }
    for (const [key, told] of this.#settings) {
      const kept = books.settings.get(key);
      if (told !== UNSURE && told !== kept) {
        books.violation(
          'told is kept',
          `${key} is ${String(told)} in chat, ${String(kept)} on disk`,
        );
      }
    }
    for (const name of this.#profiles) {
      if (!books.profiles.has(name)) books.violation('told is kept', `profile ${name} is lost`);
    }
    for (const nonce of this.#spent) {
      if (!books.spent.has(nonce))
        books.violation('told is kept', `permission ${nonce} is unspent`);
    }
  }
}
