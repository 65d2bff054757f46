/** The market beside the chat: how the account stands, and buttons that shake it. */
import * as api from './api.js';
import { byId, drawing, el } from './dom.js';
import { FaultSwitch } from './fault-switch.js';
import { readMarket } from './market-model.js';
import { figures, happened, positionsTable } from './panel-views.js';

const REFRESH_MS = 1000;
const RETRY_MS = 5000;
const SHOCKS = [
  { label: 'BTC', symbol: 'tBTCF0:USTF0', pct: -5 },
  { label: 'All', symbol: '*', pct: -10 },
  { label: 'All', symbol: '*', pct: -20 },
  { label: 'All', symbol: '*', pct: 10 },
];
const SHOCK_SECONDS = 5;

export class Panel {
  #panel = byId('panel');
  #backdrop = byId('backdrop');
  #opener = byId('open-panel');
  #body = el('div');
  #note = el('small');
  #faults;
  #toast;
  #complain;
  #shown = '';

  constructor(toast, complain) {
    this.#toast = toast;
    this.#complain = complain;
    const close = el(
      'button',
      {
        class: 'icon',
        type: 'button',
        'aria-label': 'Close',
        on: { click: () => this.#open(false) },
      },
      drawing('M6 6l12 12M18 6L6 18'),
    );
    const head = el(
      'div',
      { class: 'panel-head' },
      el('h2', { text: 'Market' }),
      this.#note,
      close,
    );
    this.#faults = new FaultSwitch(complain);
    this.#panel.replaceChildren(head, this.#shocks(), this.#body, this.#faults.node);
    this.#opener.addEventListener('click', () => this.#open(true));
    this.#backdrop.addEventListener('click', () => this.#open(false));
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !this.#backdrop.hidden) this.#open(false);
    });
    void this.#refresh();
  }

  /** The drawer of narrow windows; wide ones always show the panel. */
  #open(open) {
    this.#panel.classList.toggle('open', open);
    this.#backdrop.hidden = !open;
    this.#opener.setAttribute('aria-expanded', String(open));
    if (open) this.#panel.querySelector('button')?.focus();
    else this.#opener.focus();
  }

  #shocks() {
    const buttons = SHOCKS.map(({ label, symbol, pct }) =>
      el(
        'button',
        { type: 'button', on: { click: (event) => this.#shock(event.currentTarget, symbol, pct) } },
        el('span', { text: label }),
        el('b', {
          class: pct < 0 ? 'down' : 'up',
          text: `${pct < 0 ? '−' : '+'}${Math.abs(pct)} %`,
        }),
      ),
    );
    const title = el(
      'h3',
      { text: 'Shake the market' },
      el('span', { text: `within ${SHOCK_SECONDS} s` }),
    );
    return el('section', { class: 'shake' }, title, el('div', { class: 'shocks' }, ...buttons));
  }

  async #shock(button, symbol, pct) {
    button.disabled = true;
    try {
      await api.shock({ symbol, pct, seconds: SHOCK_SECONDS });
      this.#toast(
        `${symbol === '*' ? 'Everything' : 'BTC'} moves ${pct < 0 ? '−' : '+'}${Math.abs(pct)} %`,
      );
    } catch (error) {
      this.#complain(error);
    } finally {
      button.disabled = false;
    }
  }

  async #refresh() {
    let next = REFRESH_MS;
    try {
      if (!document.hidden) this.#show(await api.getMarket());
    } catch (error) {
      next = RETRY_MS;
      this.#absent(error);
    }
    setTimeout(() => this.#refresh(), next);
  }

  #show(state) {
    const shown = JSON.stringify(state);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const market = readMarket(state);
    this.#setEnabled(true);
    this.#note.textContent = market.scenario;
    this.#faults.show(market.faults);
    this.#body.replaceChildren(
      figures(market),
      ...happened(market.liquidations),
      positionsTable(market.positions),
    );
  }

  #absent(error) {
    this.#shown = '';
    this.#note.textContent = '';
    this.#setEnabled(false);
    const text = error instanceof Error ? error.message : 'The market cannot be read.';
    this.#body.replaceChildren(el('section', {}, el('p', { class: 'quiet', text })));
  }

  #setEnabled(enabled) {
    this.#faults.setEnabled(enabled);
    for (const button of this.#panel.querySelectorAll('.shocks button')) button.disabled = !enabled;
  }
}
