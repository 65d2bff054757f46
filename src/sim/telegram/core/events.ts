/** What happens in the emulator, for pages and tests that watch. */
export type CoreEvent =
  | { readonly type: 'message'; readonly chatId: number; readonly messageId: number }
  | { readonly type: 'edit'; readonly chatId: number; readonly messageId: number }
  | { readonly type: 'delete'; readonly chatId: number; readonly messageId: number }
  | {
      readonly type: 'tap';
      readonly chatId: number;
      readonly messageId: number;
      readonly id: string;
      readonly data: string;
    }
  | { readonly type: 'answer'; readonly chatId: number; readonly answer: CallbackAnswer }
  | { readonly type: 'action'; readonly chatId: number; readonly action: string }
  | { readonly type: 'draft'; readonly chatId: number; readonly text: string }
  /** Pins, keyboard, commands, language or block changed: read the chat's state again. */
  | { readonly type: 'state'; readonly chatId: number | null };

export interface CallbackAnswer {
  /** The callback query's id. */
  readonly id: string;
  readonly userId: number;
  readonly chatId: number;
  readonly messageId: number;
  readonly data: string;
  readonly text: string;
  readonly alert: boolean;
  /** Ms since 1970. */
  readonly at: number;
}

export type Listener = (event: CoreEvent) => void;

export class EventHub {
  readonly #listeners = new Set<Listener>();

  emit(event: CoreEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** @returns what ends the subscription */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
