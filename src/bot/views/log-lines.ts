/** Log lines, which are JSON, as a person reads them on a phone. */
import { z } from 'zod';
import { escapeHtml } from './html.ts';

const lineSchema = z.looseObject({
  level: z.string(),
  time: z.string().optional(),
  msg: z.string().optional(),
});

const MARK: Readonly<Record<string, string>> = { error: '🔴', fatal: '🔴', warn: '🟠' };
const LINE_MAX = 300;

/** One line of HTML for each; what is no JSON is shown as it is. */
export function logRows(lines: readonly string[]): string[] {
  return lines.map((line) => {
    const read = readLine(line);
    if (!read) return `<code>${escapeHtml(short(line))}</code>`;
    const { level, time = '', msg = '', ...fields } = read;
    const rest = Object.keys(fields).length > 0 ? ` ${JSON.stringify(fields)}` : '';
    const mark = MARK[level] ?? '▫️';
    return `${mark} <code>${escapeHtml(time.slice(11, 19))}</code> ${escapeHtml(short(msg + rest))}`;
  });
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
