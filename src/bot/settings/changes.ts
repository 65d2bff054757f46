import type { SettingOverride, SettingsView } from '../../engine/door.ts';

/** What chat changed, without what somebody changed back to the value of the file. */
export function changesOf({ overrides }: SettingsView): SettingOverride[] {
  return overrides.filter(({ value, fileValue }) => (value ?? null) !== (fileValue ?? null));
}
