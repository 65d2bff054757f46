/**
 * A stateful simulator of the venue on loopback: REST, WebSocket and `/sim/` on one port, with the
 * real paths, signatures, rows and errors. Key `demo-key`, secret `demo-secret`.
 *
 * Times on the wire are real times, so that any client can read them; `speed` only makes prices
 * move faster. Candles are made of what was seen on the wire.
 */
export * from './core/index.ts';
export { type ExchangeOptions, type RunningExchange, startExchange } from './start.ts';
