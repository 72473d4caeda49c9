/** Words of flows that begin by the clock or by their address. */
import { builderWords } from "./flows";

export const timedWords = {
  called: "Another system calls its address",
  address: "Address to call",
  addressHint: "By POST, with JSON; no token is needed. Whoever has the address may begin this flow.",
  addressFailed: "The address could not be read",
  renewAddress: "Make a new address",
  renewAsk: "Make a new address?",
  renewHint:
    "The one there is begins nothing any more: every system that calls it must be given the new one.",
  renewFailed: "The address was not changed",
  phoneIn: "The customer's phone is",
  phoneInHint: "Where it stands in what is sent, such as trigger.customer.phone.",
  keyIn: "One of a kind by",
  keyInHint: "Such as trigger.order_id: called twice with the same, it begins once. Empty: each call begins.",
  onlyWhenCalled: "A condition, such as trigger.total > 10. Empty: always.",
  scheduled: "A time comes",
  onDate: "A day comes that stands with the contact",
  begins: "First time",
  zone: "By the clocks of",
  repeats: "Again",
  frequencies: {
    "": "once only",
    DAILY: "every day",
    WEEKLY: "every week",
    MONTHLY: "every month, on the day of the first time",
    YEARLY: "every year",
    rule: "by a rule",
  },
  briefly: { DAILY: "Every day", WEEKLY: "Every week", MONTHLY: "Every month", YEARLY: "Every year" },
  onDays: (days: readonly string[]) => `Every ${days.join(", ")}`,
  interval: {
    DAILY: "Every how many days",
    WEEKLY: "Every how many weeks",
    MONTHLY: "Every how many months",
    YEARLY: "Every how many years",
  },
  weekdays: "On",
  weekdayNames: { MO: "Mon", TU: "Tue", WE: "Wed", TH: "Thu", FR: "Fri", SA: "Sat", SU: "Sun" },
  until: "Until and with",
  rule: "Rule",
  ruleHint: "As calendars write it, such as FREQ=MONTHLY;BYDAY=1MO for every first Monday.",
  whom: "For whom",
  byTag: "contacts with a tag",
  audience: (name: string) => `audience ${name}`,
  tag: "For contacts with the tag",
  tagHint: "Every contact that has it when the time comes.",
  onlyTag: "Only contacts with the tag (empty: all)",
  attribute: "Attribute that holds the day",
  attributeHint: "Such as appointment, with days like 2026-12-24.",
  days: "Days after it",
  daysHint: "0 on that day, −1 the day before.",
  timeOfDay: "At",
  yearly: "Every year on that day",
  onlyWhen: builderWords.onlyWhen,
  onlyWhenHint: builderWords.onlyWhenHint,
  next: (moment: string) => `next ${moment}`,
  none: "no more",
  once: (moment: string, zone: string) => `${moment}, ${zone}`,
  repeated: (how: string, time: string, zone: string) => `${how} at ${time}, ${zone}`,
  dated: (days: number, attribute: string, time: string) => {
    const count = Math.abs(days);
    const far = count === 1 ? "1 day" : `${count} days`;
    const day = days === 0 ? `On ${attribute}` : `${far} ${days > 0 ? "after" : "before"} ${attribute}`;
    return `${day} at ${time}`;
  },
  occurrences: "Times it began",
  byClock: "by the clock",
  columns: { at: "Time", whom: "Chosen", state: "State", began: "Runs", skipped: "Passed unused" },
  states: { beginning: "begins", done: "done", stopped: "stopped", missed: "missed, too late" } as Record<
    string,
    string
  >,
} as const;
