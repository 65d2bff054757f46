/** The texts above the settings menus. */
import type { EngineDoor, SettingsView } from '../../engine/door.ts';
import type { Words } from '../i18n/words.ts';
import { bannerLines } from '../views/banner.ts';
import { bold } from '../views/html.ts';
import { alignRows } from '../views/table.ts';
import { compose } from '../views/view.ts';
import { changesOf } from './changes.ts';
import { SETTINGS, type Section } from './setting-table.ts';
import { readSetting, settingName, showValue } from './show-value.ts';
import { ENTRIES_PER_PAGE, type TableName, tableEntries } from './table-entries.ts';

export function rootText(door: EngineDoor, t: Words): string {
  const changes = changesOf(door.settings());
  const banner = bannerLines(door.status(), t);
  return pageOf([t('settings-title'), ...banner, t('settings-overrides', { n: changes.length })]);
}

export function sectionText(door: EngineDoor, section: Section, t: Words): string {
  const view = door.settings();
  const lines = SETTINGS.filter((setting) => setting.section === section).map(({ key }) =>
    settingLine(view, key, t),
  );
  return pageOf([t(`section-${section}`), lines.join('\n'), t('settings-hint')]);
}

export function choiceText(door: EngineDoor, key: string, t: Words): string {
  return pageOf([settingLine(door.settings(), key, t), t('settings-choose')]);
}

export function tableText(door: EngineDoor, table: TableName, page: number, t: Words): string {
  const entries = tableEntries(door, table, t);
  const from = page * ENTRIES_PER_PAGE;
  const shown = entries.slice(from, from + ENTRIES_PER_PAGE);
  const rows = shown.map(({ label, value, isOwn, isChanged }) => [
    label,
    table === 'risk_weights' ? value.toFixed(2) : String(value),
    t(isOwn ? 'entry-own' : `entry-derived-${table}`) + (isChanged ? ' ✎' : ''),
  ]);
  const title = t(`section-${table}`);
  if (shown.length === 0) return pageOf([title, t('settings-table-empty')]);
  const aligned = alignRows(rows, ['left', 'right', 'left'], '  ');
  return pageOf([title, { rows: aligned }, t('settings-hint')]);
}

function settingLine(view: SettingsView, key: string, t: Words): string {
  const change = changesOf(view).find((known) => known.key === key);
  const line = t('setting-line', {
    name: settingName(key, t),
    value: showValue(key, readSetting(view.effective, key), t),
  });
  if (!change) return line;
  return `${line} ${t('setting-line-changed', { name: change.by.name })}`;
}

/** One message: every one of these is far below the limit. */
function pageOf(blocks: Parameters<typeof compose>[0]): string {
  return compose(blocks).pages[0] ?? bold('…');
}
