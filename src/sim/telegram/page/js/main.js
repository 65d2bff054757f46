/** Puts the page together: one chat, its events, and what the user does. */
import * as api from './api.js';
import { Composer } from './composer.js';
import { byId, el } from './dom.js';
import { listen } from './events.js';
import { MessageList } from './message-list.js';
import { alertBox, complain, confirmBox, showPicture, toast } from './overlay.js';
import { Panel } from './panel.js';
import { Passing } from './passing.js';
import { Pinned } from './pinned.js';
import { applyTheme, Settings, savedTheme } from './settings.js';
import { Taps } from './taps.js';

let user = sessionStorage.getItem('user') ?? 'owner';
let names = new Map();
let loading = 0;
const waiting = [];
const unread = new Set();

applyTheme(savedTheme());
const taps = new Taps((messageId, data) => list.busyChanged(messageId, data));
const list = new MessageList({
  onCommand: (text) => sendText(text),
  onTap: tapButton,
  onLink: openLink,
  onCopy: copyText,
  onPhoto: showPicture,
  onJump: (id) => list.jumpTo(id),
  onReply: (message) => composer.reply(message),
  isBusy: (messageId, data) => taps.isBusy(messageId, data),
  nameOf: (key) => names.get(key) ?? key,
});
const passing = new Passing(list);
const pinned = new Pinned(list);
const composer = new Composer(sendText, sendFile);
const settings = new Settings({
  onLanguage: (language) => api.changeUser(user, { language }).catch(complain),
  onBlock: block,
});
new Panel(toast, complain);

byId('unblock').addEventListener('click', () => block(false));

/** Events that arrive while the chat is read anew wait, or the older reading would undo them. */
const handlers = {
  message: ({ user: of, message }) => {
    if (of !== user) markUnread(of);
    else if (message !== null) {
      if (message.from === 'bot') passing.clear();
      list.add(message);
    }
  },
  edit: ({ user: of, message }) => {
    if (of !== user || message === null) return;
    list.edit(message);
    pinned.render();
  },
  delete: ({ user: of, messageId }) => {
    if (of === user) list.remove(messageId);
  },
  tap: (tap) => {
    if (tap.user === user) taps.opened(tap);
  },
  answer: showAnswer,
  action: ({ user: of, action }) => {
    if (of === user) passing.action(action);
  },
  draft: ({ user: of, text }) => {
    if (of === user) passing.draft(text);
  },
  state: ({ user: of }) => {
    if (of === user || of === null) api.getState(user).then(applyState).catch(complain);
  },
};

listen(
  (type, data) => {
    if (loading > 0) waiting.push([type, data]);
    else handlers[type](data);
  },
  (up) => {
    passing.setRest(up ? 'bot' : 'connecting…');
    if (up) void load();
  },
);

async function load() {
  loading += 1;
  const of = user;
  try {
    const [state, messages] = await Promise.all([api.getState(of), api.getMessages(of)]);
    if (of !== user) return;
    unread.delete(user);
    taps.reset(state.pendingTaps);
    list.reset(messages);
    applyState(state);
  } catch (error) {
    complain(error);
  } finally {
    loading -= 1;
    if (loading === 0) for (const [type, data] of waiting.splice(0)) handlers[type](data);
  }
}

function applyState(state) {
  if (state.user !== user) return;
  names = new Map(state.users.map(({ key, name }) => [key, name]));
  names.set('bot', state.bot.name);
  byId('bot-name').textContent = state.bot.name;
  const current = state.users.find(({ key }) => key === user);
  settings.show({ language: current?.language ?? 'en', blocked: state.blocked });
  composer.setCommands(state.commands);
  composer.setBlocked(state.blocked);
  composer.setAsked(state, (id) => list.get(id));
  pinned.set(state.pinned);
  showUsers(state.users);
}

function showUsers(users) {
  const buttons = users.map(({ key, name }) =>
    el('button', {
      type: 'button',
      class: unread.has(key) ? 'unread' : null,
      text: key[0].toUpperCase() + key.slice(1),
      title: `Chat as ${name}`,
      'aria-pressed': String(key === user),
      data: { user: key },
      on: { click: () => switchTo(key) },
    }),
  );
  byId('users').replaceChildren(...buttons);
}

function switchTo(key) {
  if (key === user) return;
  user = key;
  sessionStorage.setItem('user', key);
  passing.clear();
  composer.reply(null);
  void load();
}

function markUnread(key) {
  unread.add(key);
  byId('users')
    .querySelector(`[data-user="${CSS.escape(String(key))}"]`)
    ?.classList.add('unread');
}

function sendFile(file) {
  api.sendFile(user, file).catch(complain);
}

function sendText(text, replyTo) {
  list.toBottom();
  api.send(user, text, replyTo).catch(complain);
}

async function tapButton(messageId, data) {
  taps.sending(messageId, data, true);
  try {
    await api.tap(user, messageId, data);
  } catch (error) {
    complain(error);
  } finally {
    taps.sending(messageId, data, false);
  }
}

function showAnswer(answer) {
  taps.answered(answer.id);
  if (answer.user !== user || answer.text === '') return;
  if (answer.alert) alertBox(answer.text);
  else toast(answer.text);
}

function block(blocked) {
  api.changeUser(user, { blocked }).catch(complain);
}

async function openLink(url) {
  const web = /^https?:/i.test(url);
  if (!web) toast(`This page cannot open ${url}`);
  else if (await confirmBox(`Open this link?\n\n${url}`)) window.open(url, '_blank', 'noopener');
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast('Copied');
  } catch {
    alertBox(text);
  }
}
