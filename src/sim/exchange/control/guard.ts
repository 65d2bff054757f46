/** Keeps foreign web pages from steering the simulator through the user's browser. */
import type { IncomingHttpHeaders } from 'node:http';

const HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;
const ORIGIN = /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

/** Why the request is refused, or null when it may pass. */
export function refusalOf({ host, origin }: IncomingHttpHeaders): string | null {
  if (!HOST.test(host ?? '')) return 'expected a loopback Host';
  if (origin !== undefined && !ORIGIN.test(origin)) return 'expected a loopback Origin or none';
  return null;
}
