/** The shape of a command, and the table from which help, access and Telegram's list follow. */
import type { z } from 'zod';
import type { Request } from '../context.ts';
import { allows, type Role } from '../people/roles.ts';

/** `reads` changes nothing, `acts` changes something, `risky` can cost money. */
export const DANGERS = ['reads', 'acts', 'risky'] as const;
export type Danger = (typeof DANGERS)[number];

export interface Command {
  readonly name: string;
  readonly role: Role;
  readonly danger: Danger;
  /** @returns false when the arguments are wrong; nothing was done then */
  execute(request: Request, words: readonly string[]): Promise<boolean>;
}

export interface CommandSpec<A> {
  /** Letters only; its texts are `command-NAME` and `usage-NAME` in the catalogue. */
  readonly name: string;
  readonly role: Role;
  readonly danger: Danger;
  /** Parses the words after the command. */
  readonly args: z.ZodType<A>;
  readonly run: (request: Request, args: A) => void | Promise<void>;
}

export function defineCommand<A>(spec: CommandSpec<A>): Command {
  const { name, role, danger } = spec;
  return {
    name,
    role,
    danger,
    async execute(request, words) {
      const parsed = spec.args.safeParse(words);
      if (!parsed.success) return false;
      await spec.run(request, parsed.data);
      return true;
    },
  };
}

export class CommandTable {
  readonly all: readonly Command[];

  constructor(commands: readonly Command[]) {
    this.all = commands;
  }

  find(name: string): Command | undefined {
    return this.all.find((command) => command.name === name);
  }

  /** Those a role may use, in the order of the table. */
  for(role: Role): Command[] {
    return this.all.filter((command) => allows(role, command.role));
  }
}
