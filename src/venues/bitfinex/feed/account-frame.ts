/** Turns a frame of the account channel into what it says about positions and the wallet. */
import { z } from 'zod';
import { messageOf } from '../../../core/errors.ts';
import type { Wallet } from '../../../core/position.ts';
import { ignored, listOnWire } from '../numbers.ts';
import { type PositionReading, readPositionRow } from '../rows/position.ts';
import { findDerivativeWallet, isDerivativeWallet, readWalletRow } from '../rows/wallet.ts';
import { parseWire, readAs } from '../wire-json.ts';

export type AccountFrame =
  | {
      readonly kind: 'snapshot';
      readonly readings: readonly PositionReading[];
      /** Why rows were left out; then the list is not the whole book. */
      readonly unreadable: readonly string[];
    }
  | { readonly kind: 'update'; readonly isNew: boolean; readonly reading: PositionReading }
  | { readonly kind: 'wallet'; readonly wallet: Wallet }
  /** Heartbeats, orders, trades and whatever else the channel carries. */
  | { readonly kind: 'other' };

const OTHER: AccountFrame = { kind: 'other' };
const USED = /^\[\s*0\s*,\s*"(ps|pn|pu|pc|ws|wu)"/;
const frame = z.tuple([ignored, z.string(), ignored], ignored);

/** True for frames of channels; events are objects. */
export function isChannelFrame(text: string): boolean {
  return text.startsWith('[');
}

/** @throws WireFormatError when a frame about positions or wallets cannot be read. */
export function readAccountFrame(text: string, settleCurrency: string): AccountFrame {
  // Order and trade frames come in numbers; they are not worth parsing here.
  const type = USED.exec(text)?.[1];
  if (type === undefined) return /^\[\s*0\s*,/.test(text) ? OTHER : unreadable(text);
  const payload = readAs(frame, parseWire(text), 'frame')[2];
  switch (type) {
    case 'ps':
      return readSnapshot(payload, settleCurrency);
    case 'ws':
      return readWallets(payload, settleCurrency);
    case 'wu':
      return isDerivativeWallet(payload, settleCurrency)
        ? { kind: 'wallet', wallet: readWalletRow(payload) }
        : OTHER;
    case 'pc':
      return { kind: 'update', isNew: false, reading: readClosing(payload, settleCurrency) };
    default:
      return {
        kind: 'update',
        isNew: type === 'pn',
        reading: readPositionRow(payload, settleCurrency),
      };
  }
}

/** A frame of another channel than the account's is one we never asked for. */
function unreadable(text: string): AccountFrame {
  readAs(frame, parseWire(text), 'frame');
  return OTHER;
}

function readSnapshot(payload: unknown, settleCurrency: string): AccountFrame {
  const readings: PositionReading[] = [];
  const problems: string[] = [];
  for (const row of readAs(listOnWire, payload, 'position snapshot')) {
    try {
      readings.push(readPositionRow(row, settleCurrency));
    } catch (error) {
      problems.push(messageOf(error));
    }
  }
  return { kind: 'snapshot', readings, unreadable: problems };
}

/** An account that never held the currency has no row: that is no error here. */
function readWallets(payload: unknown, settleCurrency: string): AccountFrame {
  const rows = readAs(listOnWire, payload, 'wallet snapshot');
  if (!rows.some((row) => isDerivativeWallet(row, settleCurrency))) return OTHER;
  return { kind: 'wallet', wallet: findDerivativeWallet(rows, settleCurrency) };
}

/** `pc` says closed whatever its status column does. */
function readClosing(payload: unknown, settleCurrency: string): PositionReading {
  const cells = readAs(listOnWire, payload, 'closed position');
  return readPositionRow(cells.with(1, 'CLOSED'), settleCurrency);
}
