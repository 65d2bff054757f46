import type { Request } from '../context.ts';
import type { Person } from '../people/directory.ts';

/** Asks everybody else who may act: one of them has to confirm too. */
export function tellOthers({ directory, person }: Request, show: (other: Person) => void): void {
  for (const other of directory.recipients('operator')) {
    if (other.id !== person.id) show(other);
  }
}
