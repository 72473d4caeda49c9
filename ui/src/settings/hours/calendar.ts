/** A calendar as it is being edited, and the two ways between it and the API. Pure. */
import type { Calendar, HolidayChoice, HoursNow, OpenSpan, SpecialDay, Trial } from "../../api/schema.gen";
import { hoursWords as words } from "../../words/hours";

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Day = (typeof DAYS)[number];
export type WeekDraft = Record<Day, OpenSpan[]>;

export interface CalendarDraft {
  name: string;
  time_zone: string;
  week: WeekDraft;
  special_days: SpecialDay[];
  holidays: HolidayChoice | null;
}

export const OFFICE: OpenSpan = { opens: "09:00", closes: "17:00" };

/** Midnight at the end of a day is 00:00 in a time field. */
const spanIn = (span: OpenSpan): OpenSpan => ({
  opens: span.opens,
  closes: span.closes === "24:00" ? "00:00" : span.closes,
});

export function draftOf(row: Calendar | null): CalendarDraft {
  const spans = (day: Day): OpenSpan[] =>
    row ? (row.week[day] ?? []).map(spanIn) : day === "sat" || day === "sun" ? [] : [OFFICE];
  return {
    name: row?.name ?? "",
    time_zone: row?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    week: Object.fromEntries(DAYS.map((day) => [day, spans(day)])) as WeekDraft,
    special_days: (row?.special_days ?? []).map((one) => ({ ...one, spans: (one.spans ?? []).map(spanIn) })),
    holidays: row?.holidays ?? null,
  };
}

export const trialOf = ({ name: _name, ...rest }: CalendarDraft): Trial => rest;

/** The days of a span on a ruler from 0 to 24 hours, in parts of 1: what runs past midnight is cut off. */
export function barOf(span: OpenSpan): { left: number; width: number } {
  const left = minutesOf(span.opens) / 1440;
  const end = minutesOf(span.closes) / 1440;
  return { left, width: (end > left ? end : 1) - left };
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}

export type How = "closed" | "holiday" | "open";
export const howOf = (day: SpecialDay): How =>
  (day.spans ?? []).length > 0 ? "open" : day.holiday ? "holiday" : "closed";
export const withHow = (day: SpecialDay, how: How): SpecialDay => ({
  ...day,
  holiday: how === "holiday",
  spans: how === "open" ? [OFFICE] : [],
});

/** "Open now, closes today at 17:00", by the clock of its zone. */
export function sayNow(state: HoursNow, zone: string, now: number): string {
  if (state.until === null) return state.state === "open" ? words.openAlways : words.neverOpens;
  const when = whenOf(state.until, zone, now);
  if (state.state === "open") return words.openUntil(when);
  return state.name ? words.closedFor(state.name, when) : words.closedUntil(when);
}

function whenOf(at: string, zone: string, now: number): string {
  const time = new Date(at);
  const part = (options: Intl.DateTimeFormatOptions, moment: Date | number) =>
    new Intl.DateTimeFormat("en-US", { ...options, timeZone: zone }).format(moment);
  const day = (moment: Date | number) => part({ dateStyle: "short" }, moment);
  const clock = part({ hour: "numeric", minute: "2-digit" }, time).replace(":00", "");
  if (day(time) === day(now)) return `today at ${clock}`;
  if (day(time) === day(now + 86_400_000)) return `tomorrow at ${clock}`;
  const near = time.getTime() - now < 6 * 86_400_000;
  const date = part(near ? { weekday: "long" } : { weekday: "long", month: "long", day: "numeric" }, time);
  return `${date} at ${clock}`;
}
