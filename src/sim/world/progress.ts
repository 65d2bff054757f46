/** A bar that counts seeds, on a terminal only: standard output is for what was found. */
import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  readonly step: () => void;
  /** Makes room for a line of text. */
  readonly clear: () => void;
  readonly stop: () => void;
}

export function progressBar(total: number): Progress {
  const nothing = (): void => undefined;
  if (!process.stderr.isTTY || total < 2) return { step: nothing, clear: nothing, stop: nothing };
  const format = 'seeds {bar} {percentage} %  {value}/{total}  {eta_formatted} left';
  const options = { format, stream: process.stderr, clearOnComplete: true };
  const bar = new SingleBar(options, Presets.shades_classic);
  bar.start(total, 0);
  return {
    step: () => bar.increment(),
    clear: () => process.stderr.write('\r\u001b[K'),
    stop: () => bar.stop(),
  };
}
