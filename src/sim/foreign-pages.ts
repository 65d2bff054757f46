/**
 * Keeps foreign web pages out of the simulators. Any page in the user's browser can send requests
 * to loopback; none may press buttons or trade here. Programs such as curl send neither Origin nor
 * Sec-Fetch headers.
 */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

type Request = Pick<IncomingMessage, 'headers' | 'method' | 'url'>;

/** Names of this machine; a foreign name that resolves to loopback (DNS rebinding) is none. */
const HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

/** @returns why the request is refused, or null when it may pass */
export function refusalOf(request: Request): string | null {
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

/**
 * A foreign page can post text or forms without asking the browser first; JSON it cannot.
 * @returns why the body is refused, or null when it is declared as JSON
 */
export function bodyRefusalOf(headers: IncomingHttpHeaders): string | null {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/json') return null;
  return `content-type must be application/json, was "${printable(type)}"`;
}

/** Following a link to the page itself shows nothing but the page: CSP forbids framing it. */
function isLinkToPage({ method, url, headers }: Request): boolean {
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
