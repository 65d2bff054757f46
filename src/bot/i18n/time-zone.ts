/** Time zones by their IANA names, as the runtime knows them. */
export const DEFAULT_TIME_ZONE = 'UTC';

const NAME_MAX = 60;

/**
 * The zone's name in its usual spelling (`asia/seoul` → `Asia/Seoul`), or null when there is none.
 * Names only: a bare offset such as `+08:00` would not follow summer time.
 */
export function timeZoneOf(text: string): string | null {
  const name = text.trim();
  if (name.length > NAME_MAX || !/^[A-Za-z]/.test(name)) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
