/** Toasts, modal alerts, questions, pictures. */
import { byId, el } from './dom.js';

const TOAST_MS = 3500;

export function toast(text, kind = '') {
  const node = el('div', { class: `toast ${kind}`.trim(), text });
  const box = byId('toasts');
  box.append(node);
  while (box.childElementCount > 3) box.firstElementChild?.remove();
  setTimeout(() => node.remove(), TOAST_MS + text.length * 25);
}

export function complain(error) {
  toast(error instanceof Error ? error.message : String(error), 'bad');
}

const waiting = [];

/** Several alerts come one after another; none hides another. */
export function alertBox(text) {
  void ask(text, false);
}

/** @returns {Promise<boolean>} whether the user agreed */
export function confirmBox(text) {
  return ask(text, true);
}

function ask(text, cancellable) {
  return new Promise((resolve) => {
    waiting.push({ text, cancellable, resolve });
    if (waiting.length === 1) showNext();
  });
}

function showNext() {
  const next = waiting[0];
  if (next === undefined) return;
  const dialog = byId('alert');
  byId('alert-text').textContent = next.text;
  byId('alert-cancel').hidden = !next.cancellable;
  dialog.returnValue = '';
  dialog.addEventListener(
    'close',
    () => {
      waiting.shift();
      next.resolve(dialog.returnValue === 'ok');
      showNext();
    },
    { once: true },
  );
  dialog.showModal();
  byId('alert-ok').focus();
}

export function showPicture(src, alt) {
  const box = byId('lightbox');
  box.replaceChildren(el('img', { src, alt }));
  box.onclick = () => box.close();
  box.showModal();
}
