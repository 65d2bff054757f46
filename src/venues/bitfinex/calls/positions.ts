/** `POST v2/auth/r/positions`: every open position of the account. */
import type { Position } from '../../../core/position.ts';
import type { Logger } from '../../../ports/logger.ts';
import type { SignedRead } from '../call.ts';
import { type Breathe, inSlices } from '../in-slices.ts';
import { listOnWire } from '../numbers.ts';
import { readPositionRow } from '../rows/position.ts';
import { readAs, WireFormatError } from '../wire-json.ts';

/**
 * Derivative positions of one settle currency. A row that may be one of them and cannot be read
 * fails the whole call: left out, it would look like a closed position.
 */
export function positionsCall(
  settleCurrency: string,
  log: Logger,
): SignedRead<readonly Position[]> {
  return {
    name: 'positions',
    path: 'v2/auth/r/positions',
    bucket: 'positions',
    lane: 'read',
    isProof: true,
    body: {},
    read: (answer, breathe) => readPositions(answer, settleCurrency, log, breathe),
  };
}

async function readPositions(
  answer: unknown,
  settleCurrency: string,
  log: Logger,
  breathe: Breathe,
): Promise<Position[]> {
  const positions = new Map<string, Position>();
  await inSlices(readAs(listOnWire, answer, 'positions'), breathe, (row) => {
    const reading = readPositionRow(row, settleCurrency);
    switch (reading.kind) {
      case 'position': {
        const { position } = reading;
        // Positions are netted: a second row for a symbol means that we misread something.
        if (positions.has(position.symbol)) {
          throw new WireFormatError(`expected one position in ${position.symbol}, was two`);
        }
        positions.set(position.symbol, position);
        break;
      }
      case 'incomplete':
        throw new WireFormatError(`${reading.symbol}: expected a collateral, was null`);
      case 'closed':
        log.info({ symbol: reading.symbol, status: reading.status }, 'row is not open, left out');
        break;
      case 'foreign':
        log.debug({ name: reading.name }, 'not a position in the settle currency, left out');
    }
  });
  return [...positions.values()];
}
