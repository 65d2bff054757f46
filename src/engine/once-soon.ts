import type { Clock } from '../ports/clock.ts';

/** Runs the work in a turn of its own, once for all who asked before it began. */
export function onceSoon(clock: Clock, work: () => void): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    clock.after(0, () => {
      isDue = false;
      work();
    });
  };
}
