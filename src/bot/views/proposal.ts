/** A set of settings beside the one in force: what would change, line by line. */
import type { SettingDifference } from '../../engine/door.ts';
import type { Words } from '../i18n/words.ts';
import { settingName, showValue } from '../settings/show-value.ts';

/** One line of HTML for each difference. */
export function differenceLines(differences: readonly SettingDifference[], t: Words): string[] {
  return differences.map(({ key, before, after }) => {
    const from = showValue(key, before, t);
    return t('setting-difference', {
      name: settingName(key, t),
      from,
      to: showValue(key, after, t),
    });
  });
}

/** What takes two questions, by the names of their texts. */
export type Risk = 'dry-run' | 'approval';

const RISKS: Readonly<Record<string, Risk>> = {
  'liquidation.dry_run': 'dry-run',
  'liquidation.require_confirmation': 'approval',
};

/** What applying it would let through that is held back now: writes, or reductions unasked. */
export function risksOf(differences: readonly SettingDifference[]): Risk[] {
  return differences.flatMap(({ key, after }) => {
    const risk = after === false ? RISKS[key] : undefined;
    return risk ? [risk] : [];
  });
}
