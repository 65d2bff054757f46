/** The entry: reads arguments and environment, runs what was asked for, and sets the exit code. */
import { parseArgs } from 'node:util';
import { runDemo, runHealth, runService, runSimulator } from './app.ts';
import { BallastError } from './core/errors.ts';
import { redact } from './core/redact.ts';

const USAGE = `Usage:
  ballast --config config/config.yaml [--dry-run]   run the service
  ballast demo                                      everything simulated, with a chat page
  ballast simulator                                 only the simulated exchange and chat
  ballast health --data data                        exit code 0 while the service is well`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      config: { type: 'string', default: 'config/config.yaml' },
      'dry-run': { type: 'boolean', default: false },
      data: { type: 'string', default: 'data' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [command = 'run', ...rest] = positionals;
  if (values.help || rest.length > 0) {
    say(USAGE);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const terminal = { environment: process.env, say };
  switch (command) {
    case 'run':
      return runService({ path: values.config, pinnedDryRun: values['dry-run'] }, terminal);
    case 'demo':
      return runDemo(terminal);
    case 'simulator':
      return runSimulator(terminal);
    case 'health':
      process.exitCode = (await runHealth(values.data)) ? 0 : 1;
      return;
    default:
      say(`expected a command of this list, was ${JSON.stringify(command)}\n${USAGE}`);
      process.exitCode = 2;
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  const isOurs = error instanceof BallastError || (error instanceof Error && 'code' in error);
  const text = isOurs && error instanceof Error ? error.message : String(error);
  process.stderr.write(`${redact(text)}\n`);
  process.exit(1);
});
