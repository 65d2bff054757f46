/** One message as the chat shows it. */
import { drawing, el } from './dom.js';
import { renderText } from './entities.js';
import { clockTime, fileSize } from './format.js';

/**
 * @param {object} message as `/api/messages` gives it
 * @param {object} actions onCommand, onTap, onLink, onCopy, onPhoto, onJump, onReply, isBusy
 */
export function renderMessage(message, actions) {
  const mine = message.from !== 'bot';
  const card = el('div', { class: 'card' }, renderBubble(message, mine, actions));
  if (message.buttons.length > 0) card.append(renderButtons(message, actions));
  const row = el('article', {
    class: mine ? 'row mine' : 'row',
    data: { id: String(message.id), from: message.from },
  });
  row.append(card);
  row.addEventListener('dblclick', (event) => {
    if (event.target.closest('button, a') === null) actions.onReply(message);
  });
  return row;
}

function renderBubble(message, mine, actions) {
  const bubble = el('div', { class: 'bubble' });
  if (message.replyTo !== null) bubble.append(renderReply(message.replyTo, actions));
  if (message.photo !== null) bubble.append(renderPhoto(message, actions));
  if (message.document !== null) bubble.append(renderFile(message.document));
  const text = message.text ?? message.caption ?? '';
  const body = el('div', { class: 'body' }, renderText(text, message.entities, actions));
  body.append(renderMeta(message, mine));
  bubble.append(body);
  if (message.reactions.length > 0) {
    bubble.append(el('div', { class: 'reactions', text: message.reactions.join(' ') }));
  }
  return bubble;
}

const PIN = 'M9 4h6l-1 6 3 3v2H7v-2l3-3-1-6zM12 15v5';
const SILENT = 'M6 16h12l-1.5-2V10a4.5 4.5 0 0 0-9 0v4zM10.5 19h3M4 4l16 16';

function renderMeta(message, mine) {
  const words = [message.edited ? 'edited' : '', clockTime(message.date), mine ? '✓' : ''];
  const meta = el('span', { class: 'meta' });
  if (message.pinned) meta.append(drawing(PIN));
  if (message.silent) meta.append(drawing(SILENT));
  meta.append(words.filter((word) => word !== '').join(' '));
  return meta;
}

function renderReply(reply, actions) {
  return el(
    'button',
    { class: 'reply', type: 'button', on: { click: () => actions.onJump(reply.id) } },
    el('b', { text: actions.nameOf(reply.from) }),
    el('span', { text: reply.text }),
  );
}

function renderPhoto(message, actions) {
  const image = el('img', {
    src: message.photo,
    alt: message.caption ?? 'Picture',
    width: message.photoSize?.width,
    height: message.photoSize?.height,
    loading: 'lazy',
  });
  const open = () => actions.onPhoto(message.photo, message.caption ?? 'Picture');
  return el('button', { class: 'photo', type: 'button', on: { click: open } }, image);
}

function renderFile(file) {
  return el(
    'a',
    { class: 'file', href: file.path, download: file.name },
    el('i', {}, drawing('M12 4v11m-5-4 5 5 5-5M5 20h14')),
    el('span', {}, el('b', { text: file.name }), el('small', { text: fileSize(file.sizeBytes) })),
  );
}

function renderButtons(message, actions) {
  const rows = message.buttons.map((row) =>
    el('div', { class: 'keys' }, ...row.map((button) => renderButton(message, button, actions))),
  );
  return el('div', { class: 'buttons' }, ...rows);
}

function renderButton(message, button, actions) {
  const key = el('button', {
    class: button.style === undefined ? 'key' : `key ${button.style}`,
    type: 'button',
    text: button.text,
    title: button.text,
    disabled: button.disabled === true,
  });
  if (button.data !== undefined) {
    key.dataset.data = button.data;
    setBusy(key, actions.isBusy(message.id, button.data));
    key.addEventListener('click', () => actions.onTap(message.id, button.data));
  } else if (button.url !== undefined) {
    key.append(el('span', { class: 'mark' }, drawing('M8 16 17 7M9 7h8v8')));
    key.addEventListener('click', () => actions.onLink(button.url));
  } else if (button.copyText !== undefined) {
    key.append(el('span', { class: 'mark' }, drawing('M9 9h10v10H9zM5 15V5h10')));
    key.addEventListener('click', () => actions.onCopy(button.copyText));
  }
  return key;
}

/** A busy button turns a small wheel; it can still be pressed, as in the real clients. */
export function setBusy(key, busy) {
  if (busy) key.setAttribute('aria-busy', 'true');
  else key.removeAttribute('aria-busy');
}
