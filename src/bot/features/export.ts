/** `/export` and `/import`: all settings as a YAML file, there and back. */
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { messageOf } from '../../core/errors.ts';
import { nestingOf } from '../../core/nesting.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import type { BotContext, Request } from '../context.ts';
import { sendDocument } from '../media.ts';
import { inBackgroundReply, replyText } from '../reply.ts';
import { isoDay } from '../views/times.ts';
import type { ProposalFeature } from './proposals.ts';

const BYTES_MAX = 64 * 1024;
const NAME = /\.ya?ml$/i;
const DETAIL_MAX = 200;

export const exportCommand: Command = defineCommand({
  name: 'export',
  role: 'operator',
  danger: 'reads',
  group: 'configure',
  scope: 'private',
  args: {},
  run: (request) => sendSettings(request),
});

export const importCommand: Command = defineCommand({
  name: 'import',
  role: 'operator',
  danger: 'reads',
  group: 'configure',
  scope: 'private',
  args: {},
  run: (request) => replyText(request, request.t('import-how')),
});

/** In the form of the configuration file, so that it can be put there as it is. */
export function sendSettings(request: Request): void {
  const { door, t, clock } = request;
  const { effective } = door.settings();
  const { version } = door.status();
  const day = isoDay(clock.now(), t);
  const head = `# Ballast ${version}, ${day}\n`;
  const bytes = Buffer.from(head + stringify({ balancer: effective }));
  const name = `ballast-settings-${day}.yaml`;
  sendDocument(request, { name, bytes, caption: t('export-caption') });
}

/** A file somebody sent. True when it was one for us. */
export function takeFile(request: Request, proposals: ProposalFeature): boolean {
  const { ctx, t } = request;
  const document = ctx.message?.document;
  if (!document) return false;
  const name = document.file_name ?? '';
  if (!NAME.test(name)) {
    replyText(request, t('import-not-yaml'));
  } else if ((document.file_size ?? 0) > BYTES_MAX) {
    replyText(request, t('import-too-large'));
  } else {
    inBackgroundReply(request, 'import settings', async () => {
      await offerFile(request, proposals, name, document.file_id);
    });
  }
  return true;
}

async function offerFile(
  request: Request,
  proposals: ProposalFeature,
  name: string,
  fileId: string,
): Promise<void> {
  const { door, t, download } = request;
  const bytes = await download(fileId, BYTES_MAX);
  if (!bytes) {
    replyText(request, t('import-too-large'));
    return;
  }
  const read = readSettings(bytes);
  if (read.kind === 'unreadable') {
    replyText(request, t('import-unreadable', { reason: read.reason }));
    return;
  }
  const title = t('import-title', { name: name.slice(0, 60) });
  await proposals.offer(request, door.proposeSettings(read.settings), title);
}

type Read =
  | { readonly kind: 'settings'; readonly settings: unknown }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** The whole configuration file is accepted too: its other sections are not ours to change. */
const documentSchema = z.record(z.string(), z.unknown());
const ALIASES_MAX = 10;
const NESTING_MAX = 32;

export function readSettings(bytes: Uint8Array): Read {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (nestingOf(text) > NESTING_MAX) return { kind: 'unreadable', reason: '' };
    const parsed: unknown = parse(text, { maxAliasCount: ALIASES_MAX });
    const document = documentSchema.safeParse(parsed);
    if (!document.success) return { kind: 'unreadable', reason: '' };
    return { kind: 'settings', settings: document.data['balancer'] ?? document.data };
  } catch (error) {
    const [first = ''] = messageOf(error).split('\n');
    return { kind: 'unreadable', reason: first.slice(0, DETAIL_MAX) };
  }
}

/** Whether the update brings a file at all. */
export function hasFile(ctx: BotContext): boolean {
  return ctx.message?.document !== undefined;
}
