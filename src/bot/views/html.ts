/** The one escape function for Telegram's HTML, and what a reader sees of a marked-up text. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Length as Telegram counts it: UTF-16 units after the markup is parsed. */
export function shownLength(html: string): number {
  return html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&').length;
}

export const bold = (html: string): string => `<b>${html}</b>`;
export const italic = (html: string): string => `<i>${html}</i>`;
