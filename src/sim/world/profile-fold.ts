/** Kept sets of settings as the journal tells them, compared with what people are offered. */
import { z } from 'zod';
import type { BalancerSettings, EngineDoor } from '../../engine/index.ts';
import type { DurableRecord } from './journal-watch.ts';

const profileSchema = z.object({
  name: z.string(),
  settings: z.record(z.string(), z.record(z.string(), z.unknown())),
  by: z.object({ id: z.string() }),
});

export class ProfileFold {
  readonly #profiles = new Map<string, z.infer<typeof profileSchema>>();

  onRecord({ type, body }: DurableRecord): void {
    if (type !== 'profile') return;
    const profile = profileSchema.parse(body);
    this.#profiles.set(profile.name, profile);
  }

  /** What is offered and was not kept, or the other way round; null when all is well. */
  objection(door: EngineDoor): string | null {
    const shown = listed(door.profiles().map(({ name, by }) => `${name} of ${by.id}`));
    const kept = listed([...this.#profiles.values()].map(({ name, by }) => `${name} of ${by.id}`));
    return shown === kept ? null : `offers profiles "${shown}", journal says "${kept}"`;
  }

  /** The same for what is in them. Each look makes the service think one of its proposals out. */
  contentObjection(door: EngineDoor): string | null {
    const { effective } = door.settings();
    for (const { name, settings } of this.#profiles.values()) {
      const proposal = door.proposeProfile(name);
      const shown =
        proposal.kind === 'proposal'
          ? listed(proposal.differences.map(({ key, after }) => `${key}=${JSON.stringify(after)}`))
          : proposal.kind;
      const kept = listed(differences(effective, settings));
      if (shown !== kept) return `profile ${name} brings "${shown}", journal says "${kept}"`;
    }
    return null;
  }
}

/** What would change: every leaf that is another one, and those that are there in one only. */
function differences(from: BalancerSettings, to: Record<string, Record<string, unknown>>) {
  const before = leavesOf(from);
  const after = leavesOf(to);
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys]
    .filter((key) => before.get(key) !== after.get(key))
    .map((key) => `${key}=${after.get(key)}`);
}

function leavesOf(settings: object): Map<string, string | undefined> {
  return new Map(
    Object.entries(settings).flatMap(([section, part]: [string, object]) =>
      Object.entries(part).map(([leaf, value]): [string, string | undefined] => [
        `${section}.${leaf}`,
        JSON.stringify(value),
      ]),
    ),
  );
}

function listed(lines: readonly string[]): string {
  return [...lines].sort().join(' ');
}
