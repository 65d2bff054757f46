/** `POST v2/auth/r/permissions`: what the key may do. */
import { z } from 'zod';
import type { SignedRead } from '../call.ts';
import { ignored, integerOnWire } from '../numbers.ts';
import { readAs } from '../wire-json.ts';

export interface Permission {
  readonly scope: string;
  readonly read: boolean;
  readonly write: boolean;
}

const permissionRow = z.tuple(
  [
    z.string(), // 0 SCOPE
    integerOnWire, // 1 READ
    integerOnWire, // 2 WRITE
  ],
  ignored,
);

export function permissionsCall(): SignedRead<Permission[]> {
  return {
    name: 'permissions',
    path: 'v2/auth/r/permissions',
    bucket: 'permissions',
    lane: 'read',
    body: {},
    // Anything but an explicit zero counts as a right: the check must not miss one.
    read: (answer) =>
      readAs(z.array(permissionRow), answer, 'permissions').map(([scope, read, write]) => ({
        scope,
        read: read !== 0,
        write: write !== 0,
      })),
  };
}
