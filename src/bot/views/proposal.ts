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
