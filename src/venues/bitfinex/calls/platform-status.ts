/** `GET v2/platform/status`: `[1]` operative, `[0]` maintenance. */
import { z } from 'zod';
import type { PublicRead } from '../call.ts';
import { CODE } from '../errors.ts';
import { ignored, integerOnWire } from '../numbers.ts';
import { readAs } from '../wire-json.ts';

const flag = integerOnWire.refine((value) => value === 0 || value === 1, {
  error: 'expected 0 or 1',
});
const statusAnswer = z.tuple([flag], ignored);

export function platformStatusCall(): PublicRead<boolean> {
  return {
    name: 'platform status',
    path: 'v2/platform/status',
    bucket: 'platform_status',
    read: (answer) => readAs(statusAnswer, answer, 'platform status')[0] === 1,
    onRefusal: ({ code }) => (code === CODE.maintenance ? false : undefined),
  };
}
