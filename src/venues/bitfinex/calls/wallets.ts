/** `POST v2/auth/r/wallets`: finds the wallet of the derivative funds. */
import type { Wallet } from '../../../core/position.ts';
import type { SignedRead } from '../call.ts';
import { listOnWire } from '../numbers.ts';
import { findDerivativeWallet } from '../rows/wallet.ts';
import { readAs } from '../wire-json.ts';

export function walletCall(settleCurrency: string): SignedRead<Wallet> {
  return {
    name: 'wallets',
    path: 'v2/auth/r/wallets',
    bucket: 'wallets',
    lane: 'read',
    body: {},
    read: (answer) => findDerivativeWallet(readAs(listOnWire, answer, 'wallets'), settleCurrency),
  };
}
