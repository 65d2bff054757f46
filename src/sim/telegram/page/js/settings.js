/** The ⋮ menu: language, appearance, blocking; and the switch of who is chatting. */
import { byId, el } from './dom.js';

const THEMES = [
  ['auto', 'Auto'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];
const LANGUAGES = [
  ['en', 'English'],
  ['zh-hans', '简体中文'],
  ['zh-hant', '繁體中文'],
  ['ko', '한국어'],
];
const THEME_KEY = 'theme';

export function applyTheme(theme) {
  if (theme === 'auto') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.dataset.theme = theme;
  localStorage.setItem(THEME_KEY, theme);
}

export function savedTheme() {
  return localStorage.getItem(THEME_KEY) ?? 'auto';
}

export class Settings {
  #box = byId('settings');
  #button = byId('more');
  #actions;
  #state = { language: 'en', blocked: false };

  /** @param {object} actions onLanguage, onBlock */
  constructor(actions) {
    this.#actions = actions;
    this.#button.addEventListener('click', () => this.#toggle(this.#box.hidden));
    document.addEventListener('click', (event) => {
      if (event.target.closest('#settings, #more') === null) this.#toggle(false);
    });
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !this.#box.hidden) {
        this.#toggle(false);
        this.#button.focus();
      }
    });
  }

  show(state) {
    this.#state = state;
    if (!this.#box.hidden) this.#render();
  }

  #toggle(open) {
    this.#box.hidden = !open;
    this.#button.setAttribute('aria-expanded', String(open));
    if (open) this.#render();
  }

  #render() {
    const { language, blocked } = this.#state;
    this.#box.replaceChildren(
      el('h3', { text: 'Language of this user’s Telegram' }),
      choice('Language', LANGUAGES, language, (value) => this.#actions.onLanguage(value)),
      el('h3', { text: 'Appearance' }),
      choice('Appearance', THEMES, savedTheme(), (value) => {
        applyTheme(value);
        this.#render();
      }),
      el('button', {
        type: 'button',
        text: blocked ? 'Unblock the bot' : 'Block the bot',
        on: {
          click: () => {
            this.#actions.onBlock(!blocked);
            this.#toggle(false);
          },
        },
      }),
    );
  }
}

/** A row of buttons of which one is pressed. */
export function choice(label, options, current, onChoose) {
  const buttons = options.map(([value, text]) =>
    el('button', {
      type: 'button',
      text,
      'aria-pressed': String(value === current),
      data: { value },
      on: { click: () => onChoose(value) },
    }),
  );
  return el('div', { class: 'switch', role: 'group', 'aria-label': label }, ...buttons);
}
