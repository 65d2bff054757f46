/** How bad a position or account is, as one coloured dot. */
export type Severity = 'critical' | 'watch' | 'calm';

export const DOT: Readonly<Record<Severity, string>> = { critical: '🔴', watch: '🟠', calm: '🟢' };
/** The same in fixed-width rows, where an emoji would break the columns. */
export const ROW_MARK: Readonly<Record<Severity, string>> = { critical: '!', watch: '~', calm: '' };

/** Below the emergency rate a position is critical, below twice that it is watched. */
export function severityOf(
  position: { readonly marginRatePct: number; readonly distance: number },
  emergencyRatePct: number,
): Severity {
  if (position.distance <= 0 || position.marginRatePct < emergencyRatePct) return 'critical';
  return position.marginRatePct < 2 * emergencyRatePct ? 'watch' : 'calm';
}

/**
 * An account is as bad as the worst of its positions, by margin rate; a warning, or a loss earlier
 * in the day, keeps it off green.
 */
export function accountSeverity(
  positions: readonly Parameters<typeof severityOf>[0][],
  emergencyRatePct: number,
  isWarned = false,
): Severity {
  const seen = new Set(positions.map((position) => severityOf(position, emergencyRatePct)));
  if (seen.has('critical')) return 'critical';
  return seen.has('watch') || isWarned ? 'watch' : 'calm';
}
