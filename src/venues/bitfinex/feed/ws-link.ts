/** A WebSocket over the network. */
import { WebSocket } from 'ws';
import { SECOND_MS } from '../../../core/time.ts';
import type { LinkHandlers, SocketLink } from '../transport.ts';

const HANDSHAKE_MS = 10 * SECOND_MS;
const FRAME_BYTES_MAX = 4 * 1024 * 1024;

/** @throws when the address cannot be one. */
export function wsLink(url: string, handlers: LinkHandlers): SocketLink {
  const socket = new WebSocket(url, {
    handshakeTimeout: HANDSHAKE_MS,
    maxPayload: FRAME_BYTES_MAX,
    perMessageDeflate: false,
  });
  socket.on('open', handlers.onOpen);
  socket.on('message', (data) => handlers.onText(data.toString()));
  socket.on('error', handlers.onError);
  socket.on('close', handlers.onClose);
  return {
    get isOpen() {
      return socket.readyState === WebSocket.OPEN;
    },
    send: (text) => socket.send(text),
    async terminate() {
      if (socket.readyState === WebSocket.CLOSED) return;
      await new Promise<void>((resolve) => {
        socket.once('close', () => resolve());
        socket.terminate();
      });
    },
  };
}
