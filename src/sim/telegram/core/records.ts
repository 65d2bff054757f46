/** What the emulator remembers for tests and bug reports; every list has a limit. */

export interface TranscriptLine {
  /** Ms since 1970. */
  readonly at: number;
  /** `bot`, or the key of a user. */
  readonly who: string;
  readonly act: 'says' | 'edits' | 'deletes' | 'taps' | 'answers' | 'pins' | 'unpins' | 'blocks';
  readonly chatId: number;
  readonly messageId: number | null;
  readonly text: string;
}

export interface CallRecord {
  readonly at: number;
  readonly method: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly ok: boolean;
  readonly code: number;
  readonly description: string;
}

/** A callback button as it was once sent, whether or not it still stands. */
export interface SentButton {
  readonly chatId: number;
  readonly messageId: number;
  readonly text: string;
  readonly data: string;
}

export class Records<T> {
  readonly #max: number;
  #items: T[] = [];

  constructor(max: number) {
    this.#max = max;
  }

  add(item: T): void {
    this.#items.push(item);
    if (this.#items.length > this.#max) this.#items = this.#items.slice(-this.#max);
  }

  all(): readonly T[] {
    return this.#items;
  }
}

/** `12:00:01.250 owner says #3 "/start"` */
export function formatLine(line: TranscriptLine): string {
  const time = new Date(line.at).toISOString().slice(11, 23);
  const id = line.messageId === null ? '' : ` #${line.messageId}`;
  return `${time} ${line.who} ${line.act}${id} ${JSON.stringify(line.text)}`;
}
