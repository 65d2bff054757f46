/** The panel's parts, each from plain data. */
import { el } from './dom.js';

/** Below this many percent of notional a position is near its end; the gauge is full at the top. */
const DANGER_PCT = 2;
const NEAR_PCT = 5;
const FULL_PCT = 20;
const LIQUIDATIONS_SHOWN = 8;

const money = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const signed = new Intl.NumberFormat('en-US', {
  maximumFractionDigits: 0,
  signDisplay: 'exceptZero',
});
const percent = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });

export function figures(market) {
  return el(
    'dl',
    { class: 'figures' },
    figure('Equity', usd(market.equityUsd)),
    figure('Free', usd(market.freeUsd)),
    figure('Account rate', rate(market.accountRatePct), severity(market.accountRatePct)),
  );
}

function figure(name, text, tone = '') {
  return el('div', {}, el('dt', { text: name }), el('dd', { text, class: tone }));
}

export function positionsTable(positions) {
  const title = el(
    'h3',
    { text: 'Positions' },
    el('span', { text: `${positions.length}, worst first` }),
  );
  if (positions.length === 0) {
    return el('section', {}, title, el('p', { class: 'quiet', text: 'No open positions.' }));
  }
  const head = el(
    'tr',
    {},
    ...['Symbol', 'Notional', 'P&L', 'Margin rate'].map((text) => el('th', { scope: 'col', text })),
  );
  const table = el(
    'table',
    { class: 'positions' },
    el('thead', {}, head),
    el('tbody', {}, ...positions.map(positionRow)),
  );
  return el('section', {}, title, table);
}

function positionRow(position) {
  const long = position.side === 'long';
  const gauge = el('meter', {
    class: 'gauge',
    min: 0,
    max: FULL_PCT,
    low: DANGER_PCT,
    high: NEAR_PCT,
    optimum: FULL_PCT,
    value: Math.max(0, Math.min(FULL_PCT, position.ratePct ?? 0)),
    'aria-hidden': 'true',
  });
  return el(
    'tr',
    {},
    el(
      'td',
      {},
      position.symbol,
      ' ',
      el('small', { text: long ? '▲' : '▼', title: position.side }),
    ),
    el('td', { text: usd(position.notionalUsd) }),
    el('td', {
      class: toneOf(position.pnlUsd),
      text: signed.format(position.pnlUsd).replace('-', '−'),
    }),
    el('td', { class: `rate ${severity(position.ratePct)}` }, rate(position.ratePct), gauge),
  );
}

/** @returns {HTMLElement[]} nothing while nothing happened */
export function happened(liquidations) {
  if (liquidations.length === 0) return [];
  const count = el('span', { text: String(liquidations.length) });
  const title = el('h3', { text: 'Liquidations' }, count);
  const items = liquidations
    .slice(0, LIQUIDATIONS_SHOWN)
    .map((event) =>
      el(
        'li',
        {},
        el(
          'span',
          {},
          `${event.symbol} ${event.side} `,
          el('small', { class: 'quiet', text: priceOf(event) }),
        ),
        el('span', {}, lossOf(event), el('time', { text: timeOf(event) })),
      ),
    );
  return [el('section', {}, title, el('ul', { class: 'happened' }, ...items))];
}

function priceOf({ price }) {
  return price === null ? '' : `at ${price}`;
}

function lossOf({ collateralUsd }) {
  return el('b', {
    class: 'down',
    text: collateralUsd === null ? '' : `−${money.format(Math.abs(collateralUsd))} `,
  });
}

function timeOf({ at }) {
  return at === null ? '' : clock.format(at);
}

function toneOf(value) {
  if (Math.abs(value) < 0.5) return 'quiet';
  return value < 0 ? 'down' : 'up';
}

function usd(value) {
  return value === null ? '–' : money.format(value).replace('-', '−');
}

function rate(value) {
  return value === null ? '–' : `${percent.format(value).replace('-', '−')} %`;
}

function severity(value) {
  if (value === null) return '';
  if (value < DANGER_PCT) return 'down';
  return value < NEAR_PCT ? 'near' : '';
}
