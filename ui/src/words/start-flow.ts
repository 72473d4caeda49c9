/** Words of the buttons that start a flow for a contact, and for all with a tag or in an audience. */
import { plural } from "./common";

export const startWords = {
  open: "Start a flow",
  title: "Start a flow",
  choose: "Flow",
  none: "No active flow begins from a contact.",
  start: "Start",
  started: (name: string) => `${name} has begun.`,
  failed: "It did not begin",
  openForMany: "Start for many",
  tagTitle: (name: string) => `Start ${name} for many`,
  tag: "For contacts with the tag",
  tagHint: "One run for each contact that has it. Every text still passes the send gate.",
  countFailed: "They could not be counted",
  reached: (count: number) =>
    count === 0
      ? "No contact has this tag."
      : `${plural(count, "contact")} ${count === 1 ? "has" : "have"} it.`,
  audienceHint: "One run for each of its members, in their language. Every text still passes the send gate.",
  startedForAudience: (name: string, audience: string) => `${name} begins for ${audience}.`,
  startedForTag: (name: string, count: number) => `${name} begins for ${plural(count, "contact")}.`,
} as const;
