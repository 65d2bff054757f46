/** Writing: text, replies, command completion, the bot's own keyboard. */
import { byId, el } from './dom.js';

export class Composer {
  #text = byId('text');
  #sendButton = byId('send');
  #suggest = byId('suggest');
  #menu = byId('menu');
  #keys = byId('keys');
  #keyboard = byId('keyboard');
  #replying = byId('replying');
  #commands = [];
  #chosen = 0;
  #replyTo;
  #forced;
  #keyboardShown = '';
  #onSend;

  /**
   * @param {(text: string, replyTo: number | undefined) => void} onSend
   * @param {(file: File) => void} onFile
   */
  constructor(onSend, onFile) {
    this.#onSend = onSend;
    this.#listenForFiles(onFile);
    byId('write').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#text.addEventListener('input', () => this.#changed());
    this.#text.addEventListener('keydown', (event) => this.#key(event));
    this.#menu.addEventListener('click', () => this.#toggleMenu());
    this.#keys.addEventListener('click', () => {
      this.#keyboard.hidden = !this.#keyboard.hidden;
    });
    byId('cancel-reply').addEventListener('click', () => this.reply(null));
    document.addEventListener('click', (event) => {
      if (event.target.closest('#suggest, #menu') === null) this.#closeSuggest();
    });
  }

  #listenForFiles(onFile) {
    const input = byId('file');
    byId('attach').addEventListener('click', () => input.click());
    input.addEventListener('change', () => {
      const [file] = input.files;
      if (file !== undefined) onFile(file);
      // The same file can be chosen again after it was changed.
      input.value = '';
    });
  }

  focus() {
    this.#text.focus();
  }

  setCommands(commands) {
    this.#commands = commands;
  }

  setBlocked(blocked) {
    byId('blocked').hidden = !blocked;
    byId('write').hidden = blocked;
  }

  /** The reply keyboard and the reply that the bot asks for. */
  setAsked({ replyKeyboard, forceReply }, findMessage) {
    this.#showKeyboard(replyKeyboard);
    const placeholder = forceReply?.placeholder ?? replyKeyboard?.placeholder ?? 'Message';
    this.#text.placeholder = placeholder;
    if (forceReply !== null && forceReply.messageId !== this.#forced) {
      this.reply(findMessage(forceReply.messageId) ?? null);
      this.focus();
    }
    if (forceReply === null && this.#forced !== undefined && this.#replyTo === this.#forced) {
      this.reply(null);
    }
    this.#forced = forceReply?.messageId;
  }

  reply(message) {
    this.#replyTo = message?.id;
    this.#replying.hidden = message === null;
    if (message === null) return;
    byId('replying-text').textContent = message.text ?? message.caption ?? 'Message';
    this.focus();
  }

  #submit() {
    const text = this.#text.value.trim();
    if (text === '') return;
    const replyTo = this.#replyTo;
    this.#text.value = '';
    this.reply(null);
    this.#changed();
    this.#onSend(text, replyTo);
    this.focus();
  }

  #changed() {
    this.#sendButton.disabled = this.#text.value.trim() === '';
    if (!CSS.supports('field-sizing', 'content')) {
      this.#text.style.height = 'auto';
      this.#text.style.height = `${this.#text.scrollHeight + 2}px`;
    }
    const typed = /^\/(\w*)$/.exec(this.#text.value);
    if (typed === null) {
      this.#closeSuggest();
      return;
    }
    const prefix = typed[1].toLowerCase();
    this.#openSuggest(this.#commands.filter(({ command }) => command.startsWith(prefix)));
  }

  #key(event) {
    if (event.isComposing) return;
    if (!this.#suggest.hidden && this.#suggestKey(event)) {
      event.preventDefault();
      return;
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === 'Escape') this.reply(null);
  }

  /** @returns whether the key was for the list of commands */
  #suggestKey(event) {
    const options = [...this.#suggest.querySelectorAll('button')];
    if (event.key === 'Escape') this.#closeSuggest();
    else if (options.length === 0) return false;
    else if (event.key === 'ArrowDown') this.#choose(this.#chosen + 1);
    else if (event.key === 'ArrowUp') this.#choose(this.#chosen - 1);
    else if (event.key === 'Tab') {
      this.#text.value = `/${options[this.#chosen]?.dataset.command ?? ''} `;
      this.#changed();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      const typed = this.#text.value.slice(1);
      const exact = options.some((option) => option.dataset.command === typed);
      if (exact) return false;
      options[this.#chosen]?.click();
    } else return false;
    return true;
  }

  #toggleMenu() {
    if (!this.#suggest.hidden) {
      this.#closeSuggest();
      return;
    }
    this.#openSuggest(this.#commands, true);
    this.focus();
  }

  #openSuggest(commands, evenEmpty = false) {
    if (commands.length === 0 && !evenEmpty) {
      this.#closeSuggest();
      return;
    }
    const options = commands.map(({ command, description }) =>
      el(
        'button',
        {
          type: 'button',
          role: 'option',
          tabindex: '-1',
          data: { command },
          on: { click: () => this.#sendCommand(command) },
        },
        el('b', { text: `/${command}` }),
        el('span', { text: description }),
      ),
    );
    const none = el('p', { text: 'The bot has set no commands for you.' });
    this.#suggest.replaceChildren(...(options.length > 0 ? options : [none]));
    this.#suggest.hidden = false;
    this.#menu.setAttribute('aria-expanded', 'true');
    this.#choose(0);
  }

  #sendCommand(command) {
    this.#text.value = `/${command}`;
    this.#submit();
    this.#closeSuggest();
  }

  #closeSuggest() {
    this.#suggest.hidden = true;
    this.#menu.setAttribute('aria-expanded', 'false');
  }

  #choose(index) {
    const options = [...this.#suggest.querySelectorAll('button')];
    if (options.length === 0) return;
    this.#chosen = (index + options.length) % options.length;
    options.forEach((option, i) => {
      option.setAttribute('aria-selected', String(i === this.#chosen));
    });
    options[this.#chosen].scrollIntoView({ block: 'nearest' });
  }

  #showKeyboard(keyboard) {
    const shown = JSON.stringify(keyboard);
    if (shown === this.#keyboardShown) return;
    this.#keyboardShown = shown;
    this.#keys.hidden = keyboard === null;
    this.#keyboard.hidden = keyboard === null;
    const rows = (keyboard?.rows ?? []).map((row) =>
      el('div', {}, ...row.map((text) => this.#keyboardButton(text, keyboard.oneTime))),
    );
    this.#keyboard.replaceChildren(...rows);
  }

  #keyboardButton(text, oneTime) {
    const press = () => {
      if (oneTime) this.#keyboard.hidden = true;
      this.#onSend(text, undefined);
    };
    return el('button', { type: 'button', text, on: { click: press } });
  }
}
