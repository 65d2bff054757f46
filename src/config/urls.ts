/**
 * Addresses of servers. Without TLS anybody on the way could read a token and forge an answer, so
 * that is taken for machines of one's own only.
 */
import { isIPv4 } from 'node:net';
import { z } from 'zod';

const LOCAL_NAME = /^[a-z0-9-]+$|\.(localhost|local|internal)$/i;
const LOCAL_V4 = /^(127|10)\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\./;
const LOCAL_V6 = /^\[(::1|f[cd][0-9a-f]{2}:.*|fe80:.*)\]$/i;

export const httpUrl = serverUrl('http');
export const wsUrl = serverUrl('ws');

function serverUrl(plain: 'http' | 'ws') {
  const protocol = new RegExp(`^${plain}s?$`);
  const article = plain === 'http' ? 'an' : 'a';
  return z
    .url({ protocol, error: `${article} ${plain} or ${plain}s URL` })
    .refine((text) => !isPlain(text, `${plain}:`) || isNear(new URL(text).hostname), {
      error: `${article} ${plain}s URL; ${plain} is for this machine and its own network only`,
    });
}

function isPlain(text: string, protocol: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === protocol;
}

/** This machine, a private address, or a name that the public does not resolve. */
function isNear(hostname: string): boolean {
  if (isIPv4(hostname)) return LOCAL_V4.test(hostname);
  return LOCAL_V6.test(hostname) || LOCAL_NAME.test(hostname);
}
