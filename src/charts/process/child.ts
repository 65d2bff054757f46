/**
 * The drawing process: answers one request after the other until its parent goes. Started by
 * `drawing-process.ts` only.
 */
import { setPriority } from 'node:os';
import { messageOf } from '../../core/errors.ts';
import { drawPng } from '../draw.ts';
import { ChartSpecError } from '../errors.ts';
import type { DrawReply, DrawRequest } from './protocol.ts';

/** Whoever watches margin goes first. */
const NICENESS = 10;
setPriority(NICENESS);

process.on('message', (request: DrawRequest) => {
  process.send?.(replyTo(request));
});
process.on('disconnect', () => process.exit(0));
// Ctrl-C in a terminal reaches the whole group; the parent decides when this process ends.
process.on('SIGINT', () => undefined);

function replyTo({ id, spec }: DrawRequest): DrawReply {
  try {
    return { kind: 'drawn', id, png: drawPng(spec) };
  } catch (error) {
    const kind = error instanceof ChartSpecError ? 'refused' : 'failed';
    return { kind, id, reason: messageOf(error) };
  }
}
