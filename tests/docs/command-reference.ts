/** The README's table of commands, written from the command table itself. */
import { usageOf } from '../../src/bot/commands/argument.ts';
import { GROUPS } from '../../src/bot/commands/command.ts';
import { commandTable } from '../../src/bot/commands/table.ts';
import { createActs } from '../../src/bot/features/acts.ts';
import { loadCatalogue } from '../../src/bot/i18n/words.ts';
import { Pairing } from '../../src/bot/people/pairing.ts';
import { ManualClock } from '../support/manual-clock.ts';

const BEGIN = '<!-- commands: written by `npm run docs` -->';
const END = '<!-- end of commands -->';

/** Every command, as the bot has it; none of them is run. */
export function everyCommand() {
  const chance = () => 0.5;
  return commandTable(createActs(chance, new Pairing(new ManualClock(), chance)), () => {
    throw new Error('expected no menu to be needed');
  });
}

export function commandReference(): string {
  const t = loadCatalogue()('en');
  const lines = ['| command | who | what | for example |', '|---|---|---|---|'];
  for (const group of GROUPS) {
    for (const command of everyCommand().all.filter((known) => known.group === group)) {
      const { name, role, scope, examples } = command;
      const usage = usageOf(command, t).replaceAll('|', '\\|');
      const about = t.plain(`command-${name}`) + (scope === 'private' ? ' (private chat)' : '');
      const example = examples[0] === undefined ? '' : `\`/${name} ${examples[0]}\``;
      lines.push(`| \`${usage}\` | ${role} | ${about} | ${example} |`);
    }
  }
  return lines.join('\n');
}

/** The README with the reference between its marks. @throws when a mark is missing */
export function withReference(readme: string): string {
  const from = readme.indexOf(BEGIN);
  const to = readme.indexOf(END);
  if (from < 0 || to < from) throw new Error(`expected the marks ${BEGIN} and ${END}`);
  const before = readme.slice(0, from + BEGIN.length);
  return `${before}\n${commandReference()}\n${readme.slice(to)}`;
}
