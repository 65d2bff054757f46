import type { File, UserFromGetMe, WebhookInfo } from '@grammyjs/types';
import { z } from 'zod';
import { flag, read } from '../payload.ts';
import { badRequest } from '../reply.ts';
import type { Call } from './call.ts';

const DOWNLOAD_BYTES_MAX = 20 * 1024 * 1024;

export function getMe(call: Call): UserFromGetMe {
  return call.world.bot;
}

export function deleteWebhook(call: Call): true {
  const args = read(z.object({ drop_pending_updates: flag.optional() }), call.payload);
  if (args.drop_pending_updates === true) call.world.updates.dropAll();
  return true;
}

export function getWebhookInfo(call: Call): WebhookInfo {
  return {
    url: '',
    has_custom_certificate: false,
    pending_update_count: call.world.updates.pendingCount,
  };
}

export function getFile(call: Call): File {
  const { file_id: fileId } = read(z.object({ file_id: z.string() }), call.payload);
  const file = call.world.files.find(fileId);
  if (file === undefined) throw badRequest('invalid file_id');
  if (file.bytes.length > DOWNLOAD_BYTES_MAX) throw badRequest('file is too big');
  return {
    file_id: file.fileId,
    file_unique_id: file.uniqueId,
    file_size: file.bytes.length,
    file_path: file.path,
  };
}

export function setMyDescription(call: Call): true {
  const { description } = read(z.object({ description: z.string().max(512).optional() }), {
    ...call.payload,
  });
  call.world.profile.set('description', description ?? '');
  return true;
}

export function setMyShortDescription(call: Call): true {
  const schema = z.object({ short_description: z.string().max(120).optional() });
  const args = read(schema, call.payload);
  call.world.profile.set('short_description', args.short_description ?? '');
  return true;
}

export function getMyDescription(call: Call): { description: string } {
  return { description: call.world.profile.get('description') ?? '' };
}

export function getMyShortDescription(call: Call): { short_description: string } {
  return { short_description: call.world.profile.get('short_description') ?? '' };
}
