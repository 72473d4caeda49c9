/** What a step does, in one line. */
import type { Definition, Scheduled } from "../api/schema.gen";
import { flowWords as words } from "../words/flows";
import { timedWords as timed } from "../words/timed-flows";
import { durationWords } from "./durations";
import type { AnyStep } from "./graph";
import { type Repeats, readRepeats } from "./recurrence";

/** Names by id of what steps point at. */
export interface Names {
  templates: Readonly<Record<number, string>>;
  queues: Readonly<Record<number, string>>;
  flows: Readonly<Record<number, string>>;
}

export function summaryOf(step: AnyStep, names: Names): string {
  switch (step.kind) {
    case "send":
      return names.templates[step.template_id] ?? words.unchosen.template;
    case "wait":
      return waitWords(step.seconds, step.until, step.time_of_day);
    case "await_reply":
      return words.upTo(durationWords(step.seconds));
    case "branch":
      return step.cases[0]?.when ?? "";
    case "split":
      return words.shares(sharesOf(step.ways.map((way) => way.weight)));
    case "set":
      return words.sets(Object.keys(step.attributes ?? {}), step.add_tags ?? [], step.remove_tags ?? []);
    case "start_flow":
      return names.flows[step.flow_id] ?? words.unchosen.flow;
    case "call":
      return `${step.method ?? "POST"} ${step.url.replace(/^https?:\/\//, "")}`;
    case "hand_over":
      return names.queues[step.queue_id] ?? words.unchosen.queue;
    case "end":
      return words.outcome(step.outcome ?? "done");
  }
}

function waitWords(seconds?: number | null, until?: string | null, timeOfDay?: string | null): string {
  const said = [
    seconds ? durationWords(seconds) : "",
    until ? words.until(until) : "",
    timeOfDay ? words.thenAt(timeOfDay) : "",
  ].filter(Boolean);
  return said.join(", ") || words.unchosen.time;
}

/** Hundredths of each way, in whole numbers. */
export function sharesOf(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, one) => sum + one, 0) || 1;
  return weights.map((weight) => Math.round((weight / total) * 100));
}

/** "Reply: yes, ok", "otherwise" … */
export function wayWords(step: AnyStep, way: string): string {
  const place = Number(/\d+/.exec(way)?.[0] ?? 0);
  if (step.kind === "await_reply" && way.startsWith("answers")) {
    const answer = step.answers?.[place];
    return answer?.words?.length ? answer.words.join(", ") : (answer?.when ?? words.ways.answer(place + 1));
  }
  if (step.kind === "branch" && way.startsWith("cases")) return step.cases[place]?.when ?? "";
  if (step.kind === "split") return `${sharesOf(step.ways.map((one) => one.weight))[place]} %`;
  if (step.kind === "await_reply" && way === "next") return words.ways.another(!step.answers?.length);
  return words.ways.plain[way] ?? way;
}

export function beginsBy(trigger: Definition["trigger"]): string {
  switch (trigger.kind) {
    case "instant":
      return words.begins.instant;
    case "automated":
      return words.events[trigger.event ?? "api"] ?? trigger.event ?? "";
    case "webhook":
      return timed.called;
    case "scheduled":
      return scheduleWords(trigger);
    case "on_date":
      return timed.dated(trigger.days ?? 0, trigger.attribute, trigger.time_of_day);
  }
}

function howOften({ every, weekdays }: Repeats): string {
  if (weekdays.length > 0) return timed.onDays(weekdays.map((day) => timed.weekdayNames[day]));
  return timed.briefly[every];
}

function scheduleWords({ begins, zone, repeats }: Scheduled): string {
  const [day = "", time = ""] = begins.split("T");
  const place = zone.replace(/^.*\//, "").replaceAll("_", " ");
  if (!repeats) return timed.once(`${day} ${time}`, place);
  const read = readRepeats(repeats);
  return timed.repeated(read?.interval === 1 ? howOften(read) : repeats, time, place);
}

export const titleOf = (step: AnyStep): string => step.title || words.kinds[step.kind];
