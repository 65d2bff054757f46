/** What a person is shown: one or more messages in HTML, the buttons below the last. */
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import { shownLength } from './html.ts';
import type { Picture } from './picture.ts';

/** Telegram's limit is 4096 after parsing; room is left for the mark of a late message. */
export const MESSAGE_MAX = 4000;

export interface View {
  readonly pages: readonly string[];
  readonly markup?: InlineKeyboardMarkup;
  /** Stands above a single page that is short enough; without it the text says it all. */
  readonly picture?: Picture;
}

export type Buttons = readonly (readonly InlineKeyboardButton[])[];

/**
 * Puts blocks of lines under each other, as few messages as the limit allows. A block marked as
 * `rows` may be split between two lines, others stay whole; nothing is cut inside a line.
 */
export function compose(blocks: readonly Block[], buttons: Buttons = []): View {
  const pages: string[] = [];
  let page: string[] = [];
  const flush = () => {
    if (page.length > 0) pages.push(page.join('\n'));
    page = [];
  };
  for (const block of blocks) {
    for (const piece of piecesOf(block)) {
      if (shownLength([...page, piece].join('\n')) > MESSAGE_MAX) flush();
      page.push(piece);
    }
  }
  flush();
  return buttons.length === 0
    ? { pages }
    : { pages, markup: { inline_keyboard: mutable(buttons) } };
}

/** A line or paragraph of HTML, or rows of already escaped text set in fixed width. */
export type Block = string | { readonly rows: readonly string[] };

/** Rows per fixed-width piece: well below the limit even with wide rows. */
const ROWS_MAX = 60;

function piecesOf(block: Block): string[] {
  if (typeof block === 'string') return [block];
  const pieces: string[] = [];
  for (let from = 0; from < block.rows.length; from += ROWS_MAX) {
    pieces.push(`<pre>${block.rows.slice(from, from + ROWS_MAX).join('\n')}</pre>`);
  }
  return pieces;
}

function mutable(buttons: Buttons): InlineKeyboardButton[][] {
  return buttons.map((row) => [...row]);
}
