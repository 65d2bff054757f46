/** Who decided something, and when: it stays on the message in place of the buttons. */
import type { Request } from './context.ts';
import type { Words } from './i18n/words.ts';
import { clockTime } from './views/format.ts';

/** In the words of another reader where the message is theirs. */
export function actedBy(
  { person, clock, t }: Pick<Request, 'person' | 'clock' | 't'>,
  reader: Words = t,
): { name: string; time: string } {
  return { name: person.name, time: clockTime(clock.now(), reader) };
}

/** One line of HTML. */
export function doneBy(request: Request): string {
  return request.t('done-by', actedBy(request));
}
