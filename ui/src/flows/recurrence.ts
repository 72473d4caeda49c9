/** A rule of RFC 5545 as the form has it: the parts that people set, and whether there are others. */

export const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;
export type Frequency = (typeof FREQUENCIES)[number];
export const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export interface Repeats {
  every: Frequency;
  interval: number;
  weekdays: readonly Weekday[];
  /** yyyy-mm-dd; empty: without end. */
  until: string;
}

const isFrequency = (text: string | undefined): text is Frequency => FREQUENCIES.some((one) => one === text);
const isWeekday = (text: string): text is Weekday => WEEKDAYS.some((one) => one === text);

/** Null for a rule with parts that the form does not have: it is edited as it is written. */
export function readRepeats(rule: string): Repeats | null {
  const parts = new Map(rule.split(";").map((part) => part.split("=", 2) as [string, string]));
  const every = parts.get("FREQ");
  const weekdays = (parts.get("BYDAY") ?? "").split(",").filter(Boolean);
  const until = /^(\d{4})(\d\d)(\d\d)$/.exec(parts.get("UNTIL") ?? "");
  const known = ["FREQ", "INTERVAL", "BYDAY", "UNTIL"];
  if (!isFrequency(every) || [...parts.keys()].some((name) => !known.includes(name))) return null;
  if (!weekdays.every(isWeekday) || (weekdays.length > 0 && every !== "WEEKLY")) return null;
  return {
    every,
    interval: Number(parts.get("INTERVAL") ?? 1) || 1,
    weekdays,
    until: until ? until.slice(1).join("-") : "",
  };
}

export function writeRepeats({ every, interval, weekdays, until }: Repeats): string {
  const days = WEEKDAYS.filter((day) => weekdays.includes(day));
  return [
    `FREQ=${every}`,
    interval > 1 ? `INTERVAL=${interval}` : "",
    every === "WEEKLY" && days.length > 0 ? `BYDAY=${days.join(",")}` : "",
    until ? `UNTIL=${until.replaceAll("-", "")}` : "",
  ]
    .filter(Boolean)
    .join(";");
}
