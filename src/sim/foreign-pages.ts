/**
 * Keeps foreign web pages out. Any page in the user's browser can send requests to loopback; none
 * may press buttons here. Programs such as curl send neither Origin nor Sec-Fetch headers.
 */
import type { IncomingMessage } from 'node:http';

/** Names of this machine; a foreign name that resolves to loopback (DNS rebinding) is none. */
const HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

/** @returns why the request is refused, or null when it may pass */
export function refusalOf(request: IncomingMessage): string | null {
  const host = request.headers.host ?? '';
  if (!HOST.test(host)) {
    return `Host must be 127.0.0.1, localhost or [::1], was "${printable(host)}"`;
  }
  const { origin } = request.headers;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
    return `Origin must be http://${host} or absent, was "${printable(origin)}"`;
  }
  const site = request.headers['sec-fetch-site'];
  const allowed = site === undefined || site === 'same-origin' || site === 'none';
  if (!allowed && !isLinkToPage(request)) {
    return `requests from other sites are refused, Sec-Fetch-Site was "${printable(String(site))}"`;
  }
  return null;
}

/** Following a link to the page itself shows nothing but the page: CSP forbids framing it. */
function isLinkToPage({ method, url, headers }: IncomingMessage): boolean {
  return (
    method === 'GET' &&
    url === '/' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document'
  );
}

function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 100);
}
