/**
 * Judges a key's rights before the first use: it must be able to do the work and unable to move
 * funds out. Rights are tested in both columns; a withdrawal scope may have write without read.
 */
import { KeyRefusedError } from '../../ports/venue.ts';
import type { Permission } from './calls/permissions.ts';

const KNOWN_SCOPES: ReadonlySet<string> = new Set([
  'account',
  'history',
  'orders',
  'positions',
  'funding',
  'settings',
  'wallets',
  'withdraw',
  'ui_withdraw',
  'bfxpay',
]);
const FORBIDDEN = ['withdraw', 'ui_withdraw'] as const;
const NEEDED = [
  ['positions', 'read'],
  ['positions', 'write'],
  ['orders', 'read'],
  ['orders', 'write'],
  ['wallets', 'read'],
  ['history', 'read'],
] as const;
const UNWANTED_WRITE = ['wallets', 'funding', 'settings', 'bfxpay'] as const;

/** Warnings as codes for a usable key. @throws KeyRefusedError naming every reason at once. */
export function judgeKey(permissions: readonly Permission[]): readonly string[] {
  const reasons = refusals(permissions);
  if (reasons.length > 0) {
    throw new KeyRefusedError(`the API key was refused: ${reasons.join('; ')}`);
  }
  return UNWANTED_WRITE.filter((scope) => has(permissions, scope, 'write')).map(
    (scope) => `key_may_write: ${scope}`,
  );
}

function refusals(permissions: readonly Permission[]): string[] {
  if (permissions.length === 0) return ['expected a list of permissions, was an empty one'];
  const reasons: string[] = [];
  for (const scope of FORBIDDEN) {
    if (has(permissions, scope, 'read') || has(permissions, scope, 'write')) {
      reasons.push(`it has the right ${scope}, which it must not have`);
    }
  }
  for (const { scope, write } of permissions) {
    if (write && !KNOWN_SCOPES.has(scope)) {
      reasons.push(`it may write the unknown scope ${scope.slice(0, 40)}`);
    }
  }
  const missing = NEEDED.filter(([scope, right]) => !has(permissions, scope, right));
  if (missing.length > 0) {
    reasons.push(`missing rights: ${missing.map((pair) => pair.join(' ')).join(', ')}`);
  }
  return reasons;
}

function has(permissions: readonly Permission[], scope: string, right: 'read' | 'write'): boolean {
  return permissions.some((permission) => permission.scope === scope && permission[right]);
}
