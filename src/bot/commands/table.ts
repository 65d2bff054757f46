/** Every command of the bot. A new one is an entry here and its texts in each catalogue. */
import type { Menu } from '@grammyjs/menu';
import type { BotContext } from '../context.ts';
import { cancelCommand } from '../features/cancel.ts';
import { dryRunCommand } from '../features/dry-run.ts';
import { helpCommand } from '../features/help.ts';
import { languageCommand } from '../features/language.ts';
import { planCommand } from '../features/plan.ts';
import { positionsCommand } from '../features/positions.ts';
import type { RebalanceFeature } from '../features/rebalance.ts';
import { startCommand } from '../features/start.ts';
import { statusCommand } from '../features/status.ts';
import { settingsCommand } from '../settings/settings-command.ts';
import { CommandTable } from './command.ts';

export function commandTable(rebalance: RebalanceFeature, menu: () => Menu<BotContext>) {
  return new CommandTable([
    statusCommand,
    positionsCommand,
    planCommand,
    rebalance.command,
    dryRunCommand,
    settingsCommand(menu),
    languageCommand,
    cancelCommand,
    helpCommand,
    startCommand,
  ]);
}
