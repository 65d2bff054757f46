/**
 * Times and dates on the reader's own clock. A time that stands alone says its zone; in a list,
 * rows carry `shortTime` or `shortMoment` and one line names the zone for all of them.
 */
import { dateFormat } from '../i18n/intl.ts';
import type { Reader } from '../i18n/reader.ts';

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const ISO_DAY = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;

/** `12:03:05 UTC+8`. */
export function clockTime(at: number, reader: Reader): string {
  const time = dateFormat(reader, { ...CLOCK, second: '2-digit' }).format(at);
  return `${time} ${zoneName(at, reader)}`;
}

/** `12:03`. */
export function shortTime(at: number, reader: Reader): string {
  return dateFormat(reader, CLOCK).format(at);
}

/** `Nov 21`, `11月21日`, `11월 21일`. */
export function shortDate(at: number, reader: Reader): string {
  return dateFormat(reader, { month: 'short', day: 'numeric' }).format(at);
}

/** Of equal width in every row, for lists: `11-21 12:03`. */
export function shortMoment(at: number, reader: Reader): string {
  return `${isoDay(at, reader).slice(5)} ${shortTime(at, reader)}`;
}

/** With the date where it is not today's: `12:03:05 UTC+8`, `Nov 20 12:03:05 UTC+8`. */
export function moment(at: number, now: number, reader: Reader): string {
  const time = clockTime(at, reader);
  const isToday = isoDay(at, reader) === isoDay(now, reader);
  return isToday ? time : `${shortDate(at, reader)} ${time}`;
}

/** The reader's calendar day as `2026-11-21`, for comparing and for file names. */
export function isoDay(at: number, reader: Reader): string {
  const format = dateFormat({ ...reader, locale: 'en' }, ISO_DAY);
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
}

/** A calendar day such as `2026-11-21` in words: `Sat, Nov 21, 2026`. */
export function dayName(day: string, { locale }: Reader): string {
  const noon = Date.parse(`${day}T12:00:00Z`);
  if (Number.isNaN(noon)) return day;
  const options = { weekday: 'short', year: 'numeric', month: 'short', day: 'numeric' } as const;
  return dateFormat({ locale, timeZone: 'UTC' }, options).format(noon);
}

/** `UTC`, `UTC+8`, `UTC-3:30`: the offset in force at that time. */
export function zoneName(at: number, { timeZone }: Reader): string {
  const format = dateFormat({ locale: 'en', timeZone }, { timeZoneName: 'shortOffset' });
  const offset = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return offset.replace('GMT', 'UTC').replace(/\+0$/, '');
}
