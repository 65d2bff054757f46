/** Cuts a text that is too long for one message between lines or words, never inside a tag. */

/** Telegram's limit for a message, counted in UTF-16 units after the markup is parsed. */
export const TEXT_MAX = 4096;

const TOKEN = /<\/?([a-z-]+)[^>]*>|&(?:lt|gt|amp|quot|#\d+);|[\s\S]/gu;

interface Page {
  html: string;
  /** Characters as shown. */
  length: number;
}

/** Tags that are open at a cut are closed before it and opened again after it. */
export function paged(html: string, max = TEXT_MAX): string[] {
  const done: string[] = [];
  const open: { readonly tag: string; readonly name: string }[] = [];
  let page: Page = { html: '', length: 0 };
  const turn = () => {
    const closing = [...open].reverse().map(({ name }) => `</${name}>`);
    done.push(page.html + closing.join(''));
    page = { html: open.map(({ tag }) => tag).join(''), length: 0 };
  };
  for (const piece of piecesOf(html, max)) {
    if (page.length > 0 && page.length + shownLengthOf(piece) > max) turn();
    for (const [token, name] of tokensOf(piece)) {
      if (name === undefined) page.length += lengthOf(token);
      else if (token.startsWith('</')) open.pop();
      else open.push({ tag: token, name });
      page.html += token;
    }
  }
  if (page.length > 0) turn();
  return done;
}

/** Lines with their ends; a line above the limit in words, a word above it in characters. */
function piecesOf(html: string, max: number): string[] {
  return split(html, /[^\n]*\n|[^\n]+$/g).flatMap((line) => {
    if (shownLengthOf(line) <= max) return [line];
    return split(line, /(?:<[^>]*>|[^ ])*(?: |$)/g).flatMap((word) =>
      shownLengthOf(word) <= max ? [word] : tokensOf(word).map(([token]) => token),
    );
  });
}

function split(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([piece]) => piece).filter((piece) => piece !== '');
}

function tokensOf(html: string): [token: string, tagName: string | undefined][] {
  return [...html.matchAll(TOKEN)].map(([token, name]) => [token, name]);
}

function shownLengthOf(html: string): number {
  return tokensOf(html).reduce((sum, [t, name]) => sum + (name ? 0 : lengthOf(t)), 0);
}

function lengthOf(token: string): number {
  return token.startsWith('&') && token.length > 1 ? 1 : token.length;
}

/** Without its markup, for when Telegram does not take that. */
export function plainText(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
