/** Times in words. Relative ones for reading, exact ones for hovering; always the viewer's zone unless told. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });
const dayOfYear = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short" });
const dayWithYear = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });

const moment = new Intl.DateTimeFormat(undefined, {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "numeric",
  minute: "2-digit",
});

/** "Wed, Nov 25, 7:00 PM". */
export const momentOf = (at: string): string => moment.format(new Date(at));
/** "25 Nov 2026". */
export const dateOf = (at: string): string => dayWithYear.format(new Date(at));
export const clockOf = (at: string): string => clock.format(new Date(at));
export const exactOf = (at: string): string => exact.format(new Date(at));

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** "Today", "Yesterday", "Mon 3 Mar", "3 Mar 2025". */
export function dayOf(at: string, now: number): string {
  const time = Date.parse(at);
  const days = Math.round((startOfDay(now) - startOfDay(time)) / DAY);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? dayOfYear : dayWithYear).format(time);
}

/** How long ago, in its largest unit: "now", "5m", "3h", "2d", "4 Mar". */
export function agoOf(at: string, now: number): string {
  const gone = now - Date.parse(at);
  if (gone < MINUTE) return "now";
  if (gone < HOUR) return `${Math.floor(gone / MINUTE)}m`;
  if (gone < DAY) return `${Math.floor(gone / HOUR)}h`;
  if (gone < 7 * DAY) return `${Math.floor(gone / DAY)}d`;
  return dayOf(at, now);
}

/** A running clock: "0:42", "4:10", "1:04:10", "3d 2h". */
export function runningOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds >= 86_400) return `${Math.floor(seconds / 86_400)}d ${Math.floor((seconds % 86_400) / 3600)}h`;
  const pad = (value: number): string => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${pad(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(seconds % 60)}`;
}

/** The clock where the customer is, or null when their zone is not known. */
export function localClock(zone: string | null, now: number): string | null {
  if (!zone) return null;
  try {
    return new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(
      now,
    );
  } catch {
    return null;
  }
}
