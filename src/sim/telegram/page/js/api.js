/** The emulator's HTTP interface. Every refusal becomes an Error that says why. */

export const getState = (user) => call(`/api/state?user=${encodeURIComponent(user)}`);
export const getMessages = (user) => call(`/api/messages?user=${encodeURIComponent(user)}`);
export const getMarket = () => call('/api/market');

export const send = (user, text, replyTo) =>
  post('/api/send', { user, text, ...(replyTo === undefined ? {} : { replyTo }) });
export async function sendFile(user, file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const content = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return post('/api/file', { user, name: file.name, content });
}
export const tap = (user, messageId, data) => post('/api/tap', { user, messageId, data });
export const changeUser = (user, change) => post('/api/user', { user, ...change });
export const shock = (change) => post('/api/shock', change);
export const fault = (change) => post('/api/fault', change);

function post(path, body) {
  return call(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function call(path, options) {
  const response = await fetch(path, options);
  const text = await response.text();
  let value = null;
  try {
    value = JSON.parse(text);
  } catch {
    // An answer without JSON is told apart by its status below.
  }
  if (response.ok) return value;
  const error = new Error(value?.error ?? `the emulator answered ${response.status}`);
  error.status = response.status;
  throw error;
}
