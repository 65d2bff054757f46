/** The stream of events. Reconnects for ever, and says when it is up so that all is read anew. */

const TYPES = ['message', 'edit', 'delete', 'tap', 'answer', 'action', 'draft', 'state'];
const RETRY_MS = 1500;

/**
 * @param {(type: string, data: object) => void} onEvent
 * @param {(up: boolean) => void} onConnection
 */
export function listen(onEvent, onConnection) {
  const source = new EventSource('/api/events');
  source.addEventListener('hello', () => onConnection(true));
  source.addEventListener('error', () => {
    onConnection(false);
    // The browser retries by itself unless the server refused.
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => listen(onEvent, onConnection), RETRY_MS);
  });
  for (const type of TYPES) {
    source.addEventListener(type, (event) => onEvent(type, JSON.parse(event.data)));
  }
}
