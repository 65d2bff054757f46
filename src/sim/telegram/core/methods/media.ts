import type { FileKind, StoredFile } from '../files.ts';
import { badRequest } from '../reply.ts';
import type { Call } from './call.ts';

/**
 * The file a parameter means: `attach://name`, a part of the call under the parameter's own name,
 * or the `file_id` of an earlier file.
 * @throws ApiRefusal 400
 */
export function findFile(call: Call, kind: FileKind, value: unknown, field: string): StoredFile {
  const direct = call.uploads.get(field);
  if (value === undefined && direct !== undefined) return call.world.files.add(kind, direct);
  if (typeof value !== 'string' || value === '') {
    throw badRequest(`there is no ${kind} in the request`);
  }
  if (value.startsWith('attach://')) {
    const upload = call.uploads.get(value.slice('attach://'.length));
    if (upload === undefined) throw badRequest(`file "${value}" was not attached`);
    return call.world.files.add(kind, upload);
  }
  if (/^https?:\/\//i.test(value)) {
    throw badRequest('failed to get HTTP URL content: this emulator fetches nothing by itself');
  }
  const file = call.world.files.get(value);
  if (file.kind !== kind) throw badRequest(`can't use file of type ${file.kind} as ${kind}`);
  return file;
}
