/** Reads the body of a request, up to a limit. */
import type { IncomingMessage } from 'node:http';
import { BallastError } from '../core/errors.ts';

export class BodyTooLargeError extends BallastError {}

/**
 * What is over the limit is read and thrown away, so that the sender hears the refusal in place of
 * a connection that breaks under it. A body beyond this as well is cut off.
 */
const DISCARDED_BYTES_MAX = 64 * 1024 * 1024;

/** @throws BodyTooLargeError */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const { socket } = request;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    bytes += part.length;
    if (bytes <= limitBytes) chunks.push(part);
    else if (bytes > limitBytes + DISCARDED_BYTES_MAX) socket.destroy();
  }
  if (bytes <= limitBytes) return Buffer.concat(chunks);
  throw new BodyTooLargeError(`expected a body of at most ${limitBytes} bytes`);
}
