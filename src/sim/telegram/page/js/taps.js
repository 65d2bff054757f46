/** Which buttons wait for the bot's answer. */

/** After this the emulator takes no answer any more. */
const LIFETIME_MS = 60_000;

export class Taps {
  #open = new Map();
  #sending = new Map();
  #onChange;

  /** @param {(messageId: number, data: string) => void} onChange */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  reset(pending) {
    this.#open.clear();
    this.#sending.clear();
    const now = Date.now();
    for (const tap of pending) if (now - tap.at < LIFETIME_MS) this.opened(tap);
  }

  /** From the press until the emulator has seen it. */
  sending(messageId, data, on) {
    const key = `${messageId} ${data}`;
    const count = (this.#sending.get(key) ?? 0) + (on ? 1 : -1);
    if (count > 0) this.#sending.set(key, count);
    else this.#sending.delete(key);
    this.#onChange(messageId, data);
  }

  opened({ id, messageId, data }) {
    this.#open.set(id, { messageId, data });
    this.#onChange(messageId, data);
    setTimeout(() => this.answered(id), LIFETIME_MS);
  }

  answered(id) {
    const tap = this.#open.get(id);
    if (tap === undefined) return;
    this.#open.delete(id);
    this.#onChange(tap.messageId, tap.data);
  }

  isBusy(messageId, data) {
    if (this.#sending.has(`${messageId} ${data}`)) return true;
    for (const tap of this.#open.values()) {
      if (tap.messageId === messageId && tap.data === data) return true;
    }
    return false;
  }
}
