/** Makes the exchange misbehave for a while. */
import * as api from './api.js';
import { el } from './dom.js';

const SECONDS = 30;
const KINDS = [
  ['latency', 'Slow replies'],
  ['timeout_after', 'No reply, but done'],
  ['error_500_before', 'HTTP 500'],
  ['rate_limit', 'Rate limit'],
  ['maintenance', 'Maintenance'],
  ['ws_drop', 'Sockets cut'],
  ['ws_silent', 'Sockets silent'],
  ['null_balance', 'Balance unknown'],
  ['set_without_effect', 'Collateral ignored'],
];
const NAMES = new Map(KINDS);

export class FaultSwitch {
  #active = el('p', { class: 'quiet' });
  #clear;
  #start;
  #complain;
  node;

  constructor(complain) {
    this.#complain = complain;
    const options = KINDS.map(([value, text]) => el('option', { value, text }));
    const select = el('select', { 'aria-label': 'Fault' }, ...options);
    const press = (body) => ({ click: () => api.fault(body()).catch(this.#complain) });
    this.#start = el('button', {
      type: 'button',
      text: `${SECONDS} s`,
      title: `For ${SECONDS} seconds`,
      on: press(() => ({ kind: select.value, seconds: SECONDS })),
    });
    const none = press(() => ({ kind: 'none' }));
    this.#clear = el('button', { type: 'button', text: 'Clear', disabled: true, on: none });
    this.node = el(
      'section',
      {},
      el('h3', { text: 'Exchange faults' }),
      el('div', { class: 'faults' }, select, this.#start, this.#clear),
      this.#active,
    );
  }

  show(kinds) {
    this.#active.textContent = kinds.map((kind) => NAMES.get(kind) ?? kind).join(', ');
    this.#clear.disabled = kinds.length === 0;
  }

  setEnabled(enabled) {
    this.#start.disabled = !enabled;
    if (!enabled) this.show([]);
  }
}
