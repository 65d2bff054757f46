/** Text with Telegram's entities, as elements. Nothing of a message is ever read as markup. */
import { el } from './dom.js';
import { columnsOf, dateTime } from './format.js';

const SIMPLE = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
};
const LINK = /^(https?|mailto|tel):/i;

/**
 * @param {string} text
 * @param {Array<{type: string, offset: number, length: number}>} entities
 * @param {{onCommand: (text: string) => void}} actions
 */
export function renderText(text, entities, actions) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const fragment = document.createDocumentFragment();
  fragment.append(...renderRange(text, 0, text.length, sorted, actions));
  return fragment;
}

function renderRange(text, start, end, entities, actions) {
  const nodes = [];
  let at = start;
  for (let i = 0; i < entities.length; i += 1) {
    const entity = entities[i];
    if (entity.offset < at) continue;
    const entityEnd = Math.min(end, entity.offset + entity.length);
    const inner = entities
      .slice(i + 1)
      .filter((other) => other.offset >= entity.offset && other.offset < entityEnd);
    if (entity.offset > at) nodes.push(plain(text.slice(at, entity.offset), nodes.at(-1)));
    const children = renderRange(text, entity.offset, entityEnd, inner, actions);
    nodes.push(wrap(entity, text.slice(entity.offset, entityEnd), children, actions));
    at = entityEnd;
  }
  if (at < end) nodes.push(plain(text.slice(at, end), nodes.at(-1)));
  return nodes;
}

/** After a block its own line break would show as an empty line. */
function plain(text, before) {
  const isBlock = before instanceof HTMLElement && before.matches('pre, blockquote, .fold');
  return document.createTextNode(isBlock ? text.replace(/^\n/, '') : text);
}

function wrap(entity, text, children, actions) {
  const simple = SIMPLE[entity.type];
  if (simple !== undefined) return el(simple, {}, ...children);
  switch (entity.type) {
    case 'pre':
      return preBlock(entity, text);
    case 'text_link':
      return link(entity.url, children);
    case 'url':
      return link(text, children);
    case 'bot_command':
      return el(
        'button',
        { class: 'command', type: 'button', on: { click: () => actions.onCommand(text) } },
        ...children,
      );
    case 'spoiler':
      return spoiler(children);
    case 'blockquote':
      return el('blockquote', {}, ...children);
    case 'expandable_blockquote':
      return foldedQuote(text, children);
    case 'date_time':
      return timeElement(entity, text);
    default:
      return el('span', {}, ...children);
  }
}

function preBlock(entity, text) {
  const block = el('pre', { text, data: entity.language ? { language: entity.language } : {} });
  block.style.setProperty('--columns', String(columnsOf(text)));
  return block;
}

function link(url, children) {
  if (!LINK.test(url)) return el('span', {}, ...children);
  return el('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, ...children);
}

function spoiler(children) {
  const node = el('span', {
    class: 'spoiler',
    role: 'button',
    tabindex: '0',
    'aria-label': 'Hidden text',
  });
  const show = () => {
    node.classList.add('shown');
    node.removeAttribute('role');
    node.removeAttribute('aria-label');
  };
  node.addEventListener('click', show);
  node.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ' ') show();
  });
  node.append(...children);
  return node;
}

function foldedQuote(text, children) {
  const quote = el('blockquote', {}, ...children);
  if (text.split('\n').length <= 3 && text.length <= 160) return quote;
  quote.classList.add('folded');
  const more = el('button', { class: 'unfold', type: 'button', text: 'Show more' });
  more.addEventListener('click', () => {
    const folded = quote.classList.toggle('folded');
    more.textContent = folded ? 'Show more' : 'Show less';
  });
  return el('div', { class: 'fold' }, quote, more);
}

function timeElement(entity, text) {
  const show = () => dateTime(entity.unix_time, entity.date_time_format ?? '', text);
  const whole = new Date(entity.unix_time * 1000);
  const node = el('time', {
    datetime: whole.toISOString(),
    title: whole.toLocaleString(),
    text: show(),
    data: entity.date_time_format === 'r' ? { relative: '' } : {},
  });
  node.refresh = () => {
    node.textContent = show();
  };
  return node;
}

/** Relative times grow old: called now and then. */
export function refreshTimes(root) {
  for (const node of root.querySelectorAll('time[data-relative]')) node.refresh?.();
}
