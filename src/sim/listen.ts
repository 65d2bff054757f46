/** Opening a simulator's port, with a message for people when that fails. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { BallastError, messageOf } from '../core/errors.ts';

export class PortError extends BallastError {}

export interface Listening {
  readonly port: number;
  readonly host: string;
  /** Whose port it is, such as `the simulated exchange`. */
  readonly what: string;
  /** What changes it: the demo's variable and the key of the configuration. */
  readonly variable: string;
  readonly key: string;
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken by another program',
  EACCES: 'may not be opened by this user',
};

/** @throws PortError naming the port and what changes it */
export async function listen(server: Server, wanted: Listening): Promise<void> {
  const { port, host, what, variable, key } = wanted;
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason = REASONS[code] ?? `cannot be opened: ${messageOf(error)}`;
    throw new PortError(
      `port ${port} of ${what} ${reason}. Choose another one with ${variable} (demo) or ${key} ` +
        '(configuration file); 0 takes any that is free.',
      { cause: error },
    );
  }
}
