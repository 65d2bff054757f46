import type { Payload, Upload } from '../payload.ts';
import type { World } from '../world.ts';

/** One call as its method sees it. */
export interface Call {
  readonly world: World;
  readonly payload: Payload;
  /** Files of a multipart call, by the name they were attached under. */
  readonly uploads: ReadonlyMap<string, Upload>;
}
