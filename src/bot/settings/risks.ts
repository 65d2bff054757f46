/** Changes of settings that let through what is held back now: who may make them, behind what. */
import type { EngineDoor, SettingDifference } from '../../engine/door.ts';
import type { Guard } from '../people/guards.ts';
import { allows, type Role } from '../people/roles.ts';
import { readSetting } from './show-value.ts';

/** What takes two questions, by the names of their texts. */
export type Risk = 'dry-run' | 'approval' | 'four-eyes';

export const APPROVAL_KEY = 'liquidation.require_confirmation';
const FOUR_EYES_KEY = 'approvals.four_eyes_notional_usdt';

/** Whoever needs a code for an act needs one for what makes that act easier, too. */
const GUARDS_OF_RISK: Readonly<Record<Risk, readonly Guard[]>> = {
  'dry-run': ['dry_run'],
  approval: ['plans'],
  'four-eyes': ['acts', 'plans'],
};

/** Writes, reductions unasked, or large ones confirmed by one person. */
export function risksOf(differences: readonly SettingDifference[]): Risk[] {
  return differences.flatMap((difference) => riskOf(difference) ?? []);
}

/** Of a whole set or an undo: its own guard, and those of all that it would let through. */
export function guardsOfSet(differences: readonly SettingDifference[]): Guard[] {
  return ['settings', ...risksOf(differences).flatMap((risk) => GUARDS_OF_RISK[risk])];
}

/** Four eyes restrain operators: they may tighten the rule, and not loosen it. */
export function mayChange(role: Role, differences: readonly SettingDifference[]): boolean {
  return allows(role, 'owner') || !risksOf(differences).includes('four-eyes');
}

/** The same changes beside the settings as they are by now. */
export function againstPresent(
  door: EngineDoor,
  changes: readonly Pick<SettingDifference, 'key' | 'after'>[],
): SettingDifference[] {
  const { effective } = door.settings();
  return changes.map(({ key, after }) => ({ key, before: readSetting(effective, key), after }));
}

function riskOf({ key, before, after }: SettingDifference): Risk | null {
  if (before === after) return null;
  if (key === 'liquidation.dry_run') return after === false ? 'dry-run' : null;
  if (key === APPROVAL_KEY) return after === false ? 'approval' : null;
  if (key !== FOUR_EYES_KEY) return null;
  return limitOf(after) > limitOf(before) ? 'four-eyes' : null;
}

/** A limit of 0 switches the rule off. */
function limitOf(value: unknown): number {
  return typeof value === 'number' && value > 0 ? value : Number.POSITIVE_INFINITY;
}
