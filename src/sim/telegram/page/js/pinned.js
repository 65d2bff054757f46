/** The bar with the pinned message; with several, each press goes to the next. */
import { byId } from './dom.js';

export class Pinned {
  #bar = byId('pinned');
  #pins = [];
  #at = 0;
  #list;

  constructor(list) {
    this.#list = list;
    this.#bar.addEventListener('click', () => {
      const id = this.#pins[this.#at];
      if (id === undefined) return;
      this.#list.jumpTo(id);
      this.#at = (this.#at + 1) % this.#pins.length;
      this.render();
    });
  }

  set(pins) {
    if (pins.join() !== this.#pins.join()) this.#at = 0;
    this.#pins = pins;
    this.#list.setPins(pins);
    this.render();
  }

  /** Also after edits: the bar shows what the message says now. */
  render() {
    const id = this.#pins[this.#at];
    this.#bar.hidden = id === undefined;
    if (id === undefined) return;
    const message = this.#list.get(id);
    const text = message?.text ?? message?.caption ?? 'Message';
    byId('pin-title').textContent =
      this.#pins.length > 1
        ? `Pinned message ${this.#at + 1} of ${this.#pins.length}`
        : 'Pinned message';
    byId('pin-text').textContent = text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .join(' · ');
  }
}
