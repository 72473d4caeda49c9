/** The usual times to snooze until, in the agent's own zone. */
import { snooze as words } from "../../words/desk";

const MINUTE = 60_000;

function atNine(from: Date, days: number): Date {
  const time = new Date(from);
  time.setDate(time.getDate() + days);
  time.setHours(9, 0, 0, 0);
  return time;
}

export function timesFrom(now: Date): { label: string; time: Date }[] {
  const later = (minutes: number) => new Date(now.getTime() + minutes * MINUTE);
  const toMonday = (8 - now.getDay()) % 7 || 7;
  const times = [
    { label: words.inMinutes(15), time: later(15) },
    { label: words.inHours(1), time: later(60) },
    { label: words.inHours(4), time: later(240) },
    { label: words.tomorrow, time: atNine(now, 1) },
  ];
  return toMonday === 1 ? times : [...times, { label: words.monday, time: atNine(now, toMonday) }];
}

/** The form <input type="datetime-local"> wants: local time without a zone. */
export function localInput(time: Date): string {
  const shifted = new Date(time.getTime() - time.getTimezoneOffset() * MINUTE);
  return shifted.toISOString().slice(0, 16);
}
