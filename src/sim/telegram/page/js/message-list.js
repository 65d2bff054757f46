/** The scrolling list: order, days, grouping, and staying at the bottom like a chat. */
import { renderMessage, setBusy } from './bubble.js';
import { byId, el } from './dom.js';
import { refreshTimes } from './entities.js';
import { dayKey, dayName } from './format.js';

const NEAR_BOTTOM_PX = 60;
const SHOWN_MAX = 600;

export class MessageList {
  #scroll = byId('scroll');
  #log = byId('log');
  #chip = byId('chip');
  #messages = new Map();
  #rows = new Map();
  #unseen = 0;
  #stick = true;
  #lastTop = 0;
  #actions;

  constructor(actions) {
    this.#actions = actions;
    this.#chip.addEventListener('click', () => this.toBottom(true));
    this.#scroll.addEventListener('scroll', () => {
      // Only a way up lets go of the end: what grows or shrinks around it does not.
      const { scrollTop } = this.#scroll;
      if (this.#isNearBottom()) this.#stick = true;
      else if (scrollTop < this.#lastTop) this.#stick = false;
      this.#lastTop = scrollTop;
      if (this.#stick) this.#setUnseen(0);
    });
    // Pictures that load late and windows that change must not lift the end out of sight.
    new ResizeObserver(() => this.#keepBottom()).observe(this.#log);
    new ResizeObserver(() => this.#keepBottom()).observe(this.#scroll);
    setInterval(() => refreshTimes(this.#log), 15_000);
  }

  get size() {
    return this.#messages.size;
  }

  get(id) {
    return this.#messages.get(id);
  }

  reset(messages) {
    this.#messages.clear();
    this.#rows.clear();
    this.#log.replaceChildren();
    for (const message of messages.slice(-SHOWN_MAX)) this.#append(message);
    this.#welcome();
    this.#setUnseen(0);
    this.toBottom();
  }

  add(message) {
    if (this.#messages.has(message.id)) {
      this.edit(message);
      return;
    }
    const stick = this.#stick || message.from !== 'bot';
    this.#log.querySelector('.welcome')?.remove();
    this.#append(message);
    this.#trim();
    if (stick) this.toBottom();
    else this.#setUnseen(this.#unseen + 1);
  }

  edit(message) {
    const row = this.#rows.get(message.id);
    if (row === undefined) return;
    const focused = row.contains(document.activeElement) ? document.activeElement : null;
    const fresh = renderMessage(message, this.#actions);
    fresh.classList.toggle('first', row.classList.contains('first'));
    fresh.classList.toggle('last', row.classList.contains('last'));
    this.#messages.set(message.id, message);
    this.#rows.set(message.id, fresh);
    row.replaceWith(fresh);
    // A keyboard user who pressed a button stays where the button was.
    const data = focused?.dataset.data;
    const keys = [...fresh.querySelectorAll('.key')];
    if (focused !== null) (keys.find((key) => key.dataset.data === data) ?? keys[0])?.focus();
    this.#keepBottom();
  }

  remove(id) {
    this.#rows.get(id)?.remove();
    this.#rows.delete(id);
    this.#messages.delete(id);
    this.#regroup();
    this.#welcome();
  }

  busyChanged(messageId, data) {
    const keys = this.#rows.get(messageId)?.querySelectorAll('.key') ?? [];
    for (const key of keys) {
      if (key.dataset.data === data) setBusy(key, this.#actions.isBusy(messageId, data));
    }
  }

  setPins(pins) {
    for (const message of this.#messages.values()) {
      const pinned = pins.includes(message.id);
      if (pinned !== message.pinned) this.edit({ ...message, pinned });
    }
  }

  jumpTo(id) {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    row.scrollIntoView({ block: 'center', behavior: 'smooth' });
    row.classList.remove('flash');
    requestAnimationFrame(() => row.classList.add('flash'));
  }

  toBottom(smooth = false) {
    this.#stick = true;
    const behavior = smooth ? 'smooth' : 'instant';
    this.#scroll.scrollTo({ top: this.#scroll.scrollHeight, behavior });
    this.#setUnseen(0);
  }

  /** Puts a passing element (typing, draft) at the end, or takes it away. */
  setPassing(node) {
    this.#log.querySelector('.passing')?.remove();
    if (node === null) return;
    node.classList.add('passing');
    this.#log.append(node);
    this.#keepBottom();
  }

  #append(message) {
    const row = renderMessage(message, this.#actions);
    const before = [...this.#messages.values()].at(-1);
    if (before === undefined || dayKey(before.date) !== dayKey(message.date)) {
      this.#insert(el('div', { class: 'day', text: dayName(message.date) }));
    }
    this.#messages.set(message.id, message);
    this.#rows.set(message.id, row);
    this.#insert(row);
    group(row);
  }

  #insert(node) {
    this.#log.insertBefore(node, this.#log.querySelector('.passing'));
  }

  #regroup() {
    for (const row of this.#rows.values()) group(row);
  }

  #trim() {
    for (const id of this.#messages.keys()) {
      if (this.#messages.size <= SHOWN_MAX) break;
      this.#rows.get(id)?.remove();
      this.#rows.delete(id);
      this.#messages.delete(id);
    }
  }

  #welcome() {
    if (this.#messages.size > 0) return;
    const start = el('button', { type: 'button', text: 'Start' });
    start.addEventListener('click', () => this.#actions.onCommand('/start'));
    const card = el('div', { class: 'welcome' });
    card.append(el('p', { text: 'Nothing was said here yet.' }), start);
    this.#log.replaceChildren(card);
  }

  #isNearBottom() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroll;
    return scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM_PX;
  }

  #keepBottom() {
    if (this.#stick) this.#scroll.scrollTop = this.#scroll.scrollHeight;
  }

  #setUnseen(count) {
    this.#unseen = count;
    this.#chip.hidden = count === 0;
    this.#chip.textContent = count === 1 ? '↓ 1 new message' : `↓ ${count} new messages`;
  }
}

/** Messages of one sender in a row stand close; the last of them has the corner. */
function group(row) {
  const before = row.previousElementSibling;
  const same = before?.matches('.row') === true && before.dataset.from === row.dataset.from;
  row.classList.toggle('first', !same);
  row.classList.add('last');
  if (same) before.classList.remove('last');
}
