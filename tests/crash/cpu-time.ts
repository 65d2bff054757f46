/** Processor time of another process, which a busy machine distorts less than the clock. */
import { readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** Of all its threads, from the kernel's clock ticks: fields 14 and 15, two behind the name. */
export function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
