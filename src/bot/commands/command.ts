/** The shape of a command, and the table from which help, access and Telegram's list follow. */
import type { Request } from '../context.ts';
import { allows, type Role } from '../people/roles.ts';
import { type Argument, type ArgumentMap, type Matched, matchWords, missing } from './argument.ts';

/** `reads` changes nothing, `acts` changes something, `risky` can cost money. */
export const DANGERS = ['reads', 'acts', 'risky'] as const;
export type Danger = (typeof DANGERS)[number];

/** How `/help` groups them, in this order. */
export const GROUPS = ['see', 'act', 'configure', 'people'] as const;
export type CommandGroup = (typeof GROUPS)[number];

/** `private`: never in a group, where others read along. */
export type Scope = 'anywhere' | 'private';

/** `wrong`: nothing was done; the problem is HTML in the reader's language, or empty. */
export type Execution =
  | { readonly kind: 'ran' }
  | { readonly kind: 'wrong'; readonly problem: string };

export interface Command {
  readonly name: string;
  readonly role: Role;
  readonly danger: Danger;
  readonly group: CommandGroup;
  readonly scope: Scope;
  readonly args: readonly Argument<unknown>[];
  /** Words after the command, as somebody would type them. */
  readonly examples: readonly string[];
  execute(request: Request, words: readonly string[]): Promise<Execution>;
}

export interface CommandSpec<A extends ArgumentMap> {
  /** Letters only; what it is for is `command-NAME` in the catalogue. */
  readonly name: string;
  readonly role: Role;
  readonly danger: Danger;
  readonly group: CommandGroup;
  /** `anywhere` unless told. */
  readonly scope?: Scope;
  /** In the order they are typed. */
  readonly args: A;
  readonly examples?: readonly string[];
  /**
   * Whether the arguments, which fit one by one, also fit together; they do unless told. Null when
   * they fit, else the name of the argument that is missing, or empty when one is too many.
   */
  readonly fits?: (args: Matched<A>) => string | null;
  readonly run: (request: Request, args: Matched<A>) => void | Promise<void>;
}

export function defineCommand<A extends ArgumentMap>(spec: CommandSpec<A>): Command {
  const { name, role, danger, group, scope = 'anywhere', examples = [] } = spec;
  return {
    ...{ name, role, danger, group, scope, examples },
    args: Object.values(spec.args),
    async execute(request, words) {
      const match = matchWords(spec.args, words, { ...request, command: name });
      if (match.kind === 'wrong') return match;
      const lacking = spec.fits?.(match.values) ?? null;
      if (lacking !== null) {
        const problem = lacking === '' ? '' : missing({ name: lacking }, request);
        return { kind: 'wrong', problem };
      }
      await spec.run(request, match.values);
      return { kind: 'ran' };
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
