/** Every command of the bot. A new one is an entry here and its texts in each catalogue. */
import type { Menu } from '@grammyjs/menu';
import { notificationsCommand } from '../alerts/notifications.ts';
import { awayCommand, hereCommand } from '../alerts/rooms.ts';
import type { BotContext } from '../context.ts';
import { actCommands } from '../features/act-commands.ts';
import type { Acts } from '../features/acts.ts';
import { balanceCommand } from '../features/balance.ts';
import { cancelCommand } from '../features/cancel.ts';
import { chartCommand } from '../features/chart.ts';
import { dryRunCommand } from '../features/dry-run.ts';
import { exportCommand, importCommand } from '../features/export.ts';
import { healthCommand } from '../features/health.ts';
import { helpCommand } from '../features/help.ts';
import { auditCommand, historyCommand } from '../features/history.ts';
import { languageCommand } from '../features/language.ts';
import { logsCommand } from '../features/logs.ts';
import { panicCommand, pauseCommand } from '../features/pause.ts';
import { pendingCommand } from '../features/pending.ts';
import { approveCommand, planCommand, rejectCommand } from '../features/plan.ts';
import { reportCommand } from '../features/report.ts';
import { startCommand } from '../features/start.ts';
import { statusCommand } from '../features/status.ts';
import { timeZoneCommand } from '../features/time-zone.ts';
import { versionCommand } from '../features/version.ts';
import { weightsCommand } from '../features/weights.ts';
import { whatIfCommand } from '../features/what-if.ts';
import { whyCommand } from '../features/why.ts';
import { settingsCommand } from '../settings/settings-command.ts';
import { CommandTable } from './command.ts';

export function commandTable(acts: Acts, menu: () => Menu<BotContext>): CommandTable {
  return new CommandTable([
    statusCommand,
    acts.positions.command,
    balanceCommand,
    planCommand,
    pendingCommand,
    whyCommand,
    whatIfCommand,
    weightsCommand,
    historyCommand,
    reportCommand,
    chartCommand,
    healthCommand,
    logsCommand,
    versionCommand,
    acts.rebalance.command,
    ...actCommands(acts.byHand),
    approveCommand,
    rejectCommand,
    pauseCommand,
    acts.resume.command,
    panicCommand,
    dryRunCommand,
    settingsCommand(menu),
    acts.profiles.command,
    exportCommand,
    importCommand,
    acts.users.command,
    auditCommand,
    notificationsCommand,
    hereCommand,
    awayCommand,
    languageCommand,
    timeZoneCommand,
    cancelCommand,
    helpCommand,
    startCommand,
  ]);
}
