/** Typing and drafts: shown for some seconds, gone with the bot's next message. */
import { byId, el } from './dom.js';

const TYPING_MS = 5000;
const DRAFT_MS = 30_000;
const WORDS = {
  typing: 'typing…',
  upload_photo: 'sending a picture…',
  upload_document: 'sending a file…',
};

export class Passing {
  #list;
  #timer;
  #status = byId('status');
  #rest = '';

  constructor(list) {
    this.#list = list;
  }

  /** What the status line says while nothing passes. */
  setRest(text) {
    this.#rest = text;
    if (this.#timer === undefined) this.#say(text, false);
  }

  action(action) {
    this.#say(WORDS[action] ?? 'working…', true);
    const dots = el('div', { class: 'bubble' }, el('i'), el('i'), el('i'));
    this.#show(
      el('div', { class: 'row first last typing', 'aria-hidden': 'true' }, dots),
      TYPING_MS,
    );
  }

  draft(text) {
    if (text === '') {
      this.clear();
      return;
    }
    this.#say('writing…', true);
    const bubble = el('div', { class: 'bubble', text });
    this.#show(el('div', { class: 'row first last draft' }, bubble), DRAFT_MS);
  }

  clear() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#list.setPassing(null);
    this.#say(this.#rest, false);
  }

  #show(node, forMs) {
    clearTimeout(this.#timer);
    this.#list.setPassing(node);
    this.#timer = setTimeout(() => this.clear(), forMs);
  }

  #say(text, live) {
    this.#status.textContent = text;
    this.#status.classList.toggle('live', live);
  }
}
