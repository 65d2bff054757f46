/** Log lines, which are JSON, as a person reads them on a phone. */
import { z } from 'zod';
import { escapeHtml } from './html.ts';

const lineSchema = z.looseObject({
  level: z.string(),
  time: z.string().optional(),
  msg: z.string().optional(),
});

const MARK: Readonly<Record<string, string>> = { error: '🔴', fatal: '🔴', warn: '🟠' };
const LINE_MAX = 200;

/** One line of HTML for each; what is no JSON is shown as it is. */
export function logRows(lines: readonly string[]): string[] {
  return lines.map((line) => {
    const read = readLine(line);
    if (!read) return `<code>${escapeHtml(short(line))}</code>`;
    const { level, time = '', msg = '', part, ...fields } = read;
    const rest = Object.entries(fields).map(([name, value]) => `${name}=${textOf(value)}`);
    const where = typeof part === 'string' ? `${part}: ` : '';
    const text = short([`${where}${msg}`, ...rest].join(' '));
    const mark = MARK[level] ?? '▫️';
    return `${mark} <code>${escapeHtml(time.slice(11, 19))}</code> ${escapeHtml(text)}`;
  });
}

/** Values without the quotes of JSON. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return (JSON.stringify(value) ?? '').replaceAll('"', '');
}

function readLine(line: string): z.infer<typeof lineSchema> | null {
  try {
    const read = lineSchema.safeParse(JSON.parse(line));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

function short(text: string): string {
  const characters = [...text.trim()];
  return characters.length > LINE_MAX ? `${characters.slice(0, LINE_MAX).join('')}…` : text.trim();
}
