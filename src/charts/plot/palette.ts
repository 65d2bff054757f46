/**
 * Colours of both themes. Lines use hues that readers with any colour blindness tell apart by
 * brightness as well (after Okabe and Ito); red and amber are kept for danger.
 */
import type { Theme } from '../spec.ts';

export interface Palette {
  readonly paper: string;
  readonly plot: string;
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly axis: string;
  /** Lines that are only there for comparison. */
  readonly faint: string;
  readonly critical: string;
  readonly warning: string;
  readonly calm: string;
  /** Text on a filled label. */
  readonly onFill: string;
  readonly lines: readonly string[];
}

const dark: Palette = {
  paper: '#111822',
  plot: '#161f2b',
  ink: '#f2f5f9',
  muted: '#a3b1c2',
  grid: '#263342',
  axis: '#43556a',
  faint: '#4a5a6e',
  critical: '#ff5a4d',
  warning: '#ffb224',
  calm: '#4aa3e0',
  onFill: '#10161f',
  lines: ['#56b4e9', '#2fc79b', '#e79bc6', '#c5d86d', '#9f9cff', '#c9a27a', '#8ee3f5', '#5d86e0'],
};

const light: Palette = {
  paper: '#ffffff',
  plot: '#f7f9fb',
  ink: '#15202b',
  muted: '#56667a',
  grid: '#e2e8ee',
  axis: '#a9b6c4',
  faint: '#b9c4d0',
  critical: '#cc1f1a',
  warning: '#b86e00',
  calm: '#1f78b4',
  onFill: '#ffffff',
  lines: ['#0072b2', '#00805a', '#b4437f', '#7a4a21', '#5b4bc4', '#5f7a00', '#0f93a8', '#3c4f76'],
};

export function paletteOf(theme: Theme): Palette {
  return theme === 'dark' ? dark : light;
}

/** The colour of the nth line; they repeat after the eighth. */
export function lineColour(palette: Palette, nth: number): string {
  return palette.lines[nth % palette.lines.length] ?? palette.ink;
}
