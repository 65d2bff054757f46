/**
 * What the client asks of the network, so that a simulation can hand requests and frames over in
 * memory. The real ones are undici (`http.ts`) and ws (`feed/ws-link.ts`).
 */

export interface WireRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query with a leading slash. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface HttpReply {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | undefined;
}

export interface HttpTransport {
  /** Rejects when no complete reply arrives, or when the signal fires; sets no deadline itself. */
  request(request: WireRequest, signal: AbortSignal): Promise<HttpReply>;
  close(): Promise<void>;
}

export interface LinkHandlers {
  readonly onOpen: () => void;
  readonly onText: (text: string) => void;
  /** The link failed, or could not be made. `onClose` follows. */
  readonly onError: (error: Error) => void;
  readonly onClose: (code: number) => void;
}

/** One WebSocket connection. */
export interface SocketLink {
  readonly isOpen: boolean;
  send(text: string): void;
  /** Cuts the connection; resolves when it is closed. */
  terminate(): Promise<void>;
}

export interface Transport {
  /** @param origin such as `https://api.bitfinex.com` */
  readonly http: (origin: string, connections: number) => HttpTransport;
  /** @throws when the address cannot be one. */
  readonly socket: (url: string, handlers: LinkHandlers) => SocketLink;
}
