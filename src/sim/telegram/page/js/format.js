const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

/** Times arrive in Unix seconds. */
export function clockTime(unixS) {
  return clock.format(unixS * 1000);
}

export function dayName(unixS) {
  const date = new Date(unixS * 1000);
  return date.toDateString() === new Date().toDateString() ? 'Today' : day.format(date);
}

export function dayKey(unixS) {
  return new Date(unixS * 1000).toDateString();
}

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };

/** The formats of Telegram's date-time entity: `r`, or any of `w`, `d`/`D`, `t`/`T`. */
export function dateTime(unixS, format, fallback) {
  if (format === 'r') return timeAgo(unixS);
  const options = {};
  if (format.includes('w')) options.weekday = 'long';
  if (format.includes('d'))
    Object.assign(options, { day: '2-digit', month: '2-digit', year: '2-digit' });
  if (format.includes('D'))
    Object.assign(options, { day: 'numeric', month: 'long', year: 'numeric' });
  if (/t/i.test(format)) Object.assign(options, CLOCK);
  if (format.includes('T')) options.second = '2-digit';
  if (Object.keys(options).length === 0) return fallback;
  return new Intl.DateTimeFormat(undefined, options).format(unixS * 1000);
}

const STEPS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

function timeAgo(unixS) {
  const delta = Math.round(unixS - Date.now() / 1000);
  const [unit, seconds] = STEPS.find(([, size]) => Math.abs(delta) >= size) ?? ['second', 1];
  return relative.format(Math.trunc(delta / seconds), unit);
}

export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Columns a line takes in a fixed-width font; East Asian characters take two. */
export function columnsOf(text) {
  let widest = 1;
  for (const line of text.split('\n')) {
    let width = 0;
    for (const char of line) width += isWide(char.codePointAt(0) ?? 0) ? 2 : 1;
    widest = Math.max(widest, width);
  }
  return widest;
}

function isWide(code) {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0x1f300 && code <= 0x1faff)
  );
}
