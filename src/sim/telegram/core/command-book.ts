/** Command lists per scope and language, resolved as Telegram's clients do. */
import type { BotCommand, BotCommandScope } from '@grammyjs/types';

export class CommandBook {
  readonly #lists = new Map<string, readonly BotCommand[]>();

  set(scope: BotCommandScope, language: string, commands: readonly BotCommand[]): void {
    if (commands.length === 0) this.#lists.delete(keyOf(scope, language));
    else this.#lists.set(keyOf(scope, language), commands);
  }

  get(scope: BotCommandScope, language: string): readonly BotCommand[] {
    return this.#lists.get(keyOf(scope, language)) ?? [];
  }

  /** What one user sees in the private chat: the narrowest scope first, own language first. */
  visible(chatId: number, userLanguage: string): readonly BotCommand[] {
    const scopes: BotCommandScope[] = [
      { type: 'chat', chat_id: chatId },
      { type: 'all_private_chats' },
      { type: 'default' },
    ];
    // Lists are set for two-letter codes: "zh-hant" reads the list for "zh".
    const language = userLanguage.slice(0, 2).toLowerCase();
    for (const scope of scopes) {
      for (const code of [language, '']) {
        const list = this.#lists.get(keyOf(scope, code));
        if (list !== undefined) return list;
      }
    }
    return [];
  }
}

function keyOf(scope: BotCommandScope, language: string): string {
  const chat = 'chat_id' in scope ? `:${scope.chat_id}` : '';
  const user = 'user_id' in scope ? `:${scope.user_id}` : '';
  return `${scope.type}${chat}${user}|${language}`;
}
