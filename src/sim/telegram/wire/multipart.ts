/**
 * A multipart/form-data reader. grammY writes lower-case headers and unquoted file names, which
 * stricter parsers refuse.
 */
import type { Upload } from '../core/payload.ts';
import { badRequest } from '../core/reply.ts';

export interface MultipartBody {
  readonly fields: ReadonlyMap<string, string>;
  readonly uploads: ReadonlyMap<string, Upload>;
}

const PARTS_MAX = 100;

/** @throws ApiRefusal 400 for a body without boundary or with a broken part */
export function readMultipart(contentType: string, body: Buffer): MultipartBody {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) throw badRequest('multipart body without boundary');
  const fields = new Map<string, string>();
  const uploads = new Map<string, Upload>();
  for (const part of split(body, boundary)) {
    const end = part.indexOf('\r\n\r\n');
    if (end < 0) throw badRequest('multipart part without end of headers');
    const disposition = part.toString('utf8', 0, end);
    const name = parameter(disposition, 'name');
    if (name === undefined) throw badRequest('multipart part without a name');
    const content = part.subarray(end + 4);
    const filename = parameter(disposition, 'filename');
    if (filename === undefined) fields.set(name, content.toString('utf8'));
    else uploads.set(name, { filename, bytes: Uint8Array.from(content) });
  }
  return { fields, uploads };
}

function split(body: Buffer, boundary: string): Buffer[] {
  const separator = `\r\n--${boundary}`;
  const first = `--${boundary}\r\n`;
  const parts: Buffer[] = [];
  let at = body.indexOf(first);
  if (at < 0) throw badRequest('multipart body without its boundary');
  at += first.length;
  for (let end = body.indexOf(separator, at); end >= 0; ) {
    const after = end + separator.length;
    const next = body.toString('latin1', after, after + 2);
    if (next !== '--' && next !== '\r\n') {
      // A longer word that begins like the boundary belongs to the part.
      end = body.indexOf(separator, after);
      continue;
    }
    parts.push(body.subarray(at, end));
    if (parts.length > PARTS_MAX) throw badRequest(`more than ${PARTS_MAX} parts`);
    if (next === '--') return parts;
    at = after + 2;
    end = body.indexOf(separator, at);
  }
  throw badRequest('multipart body ends in the middle of a part');
}

function parameter(headers: string, name: string): string | undefined {
  const match = new RegExp(`[;\\s]${name}=(?:"([^"]*)"|([^;\\r\\n]*))`, 'i').exec(headers);
  return match?.[1] ?? match?.[2];
}
