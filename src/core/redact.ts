/** A Telegram bot token anywhere in a text, also inside `/bot<token>/method` URLs. */
const BOT_TOKEN = /(?<!\d)\d{6,12}:[\w-]{30,}/g;

/** Removes bot tokens and the given secrets from a text before it is logged, stored or sent. */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text.replace(BOT_TOKEN, '[secret]');
  for (const secret of secrets) {
    if (secret.length >= 4) clean = clean.split(secret).join('[secret]');
  }
  return clean;
}
