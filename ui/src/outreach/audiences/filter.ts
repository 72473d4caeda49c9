/** A saved filter as it is typed, condition by condition, and as the API wants it. Pure. */
import type { Consented, Exchanged, Filter } from "../../api/schema.gen";
import { dateOf } from "../../time/format";
import { filterWords as words } from "../../words/audience-filter";
import { languageOf } from "../../words/automation";

export type Condition = Filter["all_of"][number];
export type About = Condition["about"];
export type Listed = keyof typeof words.examples;

/** All that a condition can have; which of it counts follows from `about`. */
export interface Held {
  key: number;
  about: About;
  typed: string;
  not: boolean;
  direction: Exchanged["direction"];
  when: Exchanged["when"];
  day: string;
  purpose: Consented["purpose"];
  campaign: string;
}

export const newHeld = (key: number): Held => ({
  key,
  about: "tag",
  typed: "",
  not: false,
  direction: "inbound",
  when: "since",
  day: "",
  purpose: "informational",
  campaign: "",
});

const SHAPES: Readonly<Record<Listed, RegExp>> = {
  tag: /^.{1,100}$/,
  language: /^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/,
  area_code: /^[2-9]\d{2}$/,
  country: /^[A-Z]{2}$/,
};

export const isListed = (about: About): about is Listed => about in SHAPES;

function wordsOf(about: Listed, typed: string): string[] | null {
  const all = typed
    .split(/[,;\n]/)
    .map((one) => (about === "country" ? one.trim().toUpperCase() : one.trim()))
    .filter(Boolean);
  return all.length > 0 && all.every((one) => SHAPES[about].test(one)) ? all : null;
}

/** Null: something is still missing or cannot be read. */
export function conditionOf(held: Held): Condition | null {
  const { about } = held;
  if (isListed(about)) {
    const any_of = wordsOf(about, held.typed);
    return any_of && { about, any_of, is_not: held.not };
  }
  switch (about) {
    case "last_text": {
      const { direction, when } = held;
      if (when === "never") return { about, direction, when, at: null };
      return held.day === ""
        ? null
        : { about, direction, when, at: new Date(`${held.day}T00:00`).toISOString() };
    }
    case "consent":
      return { about, purpose: held.purpose };
    case "campaign":
      return held.campaign === "" ? null : { about, campaign_id: Number(held.campaign), is_not: held.not };
  }
}

export function filterOf(held: readonly Held[]): Filter | null {
  const all_of = held.map(conditionOf);
  return all_of.every((one) => one !== null) ? { all_of } : null;
}

/** A condition in words. `campaigns`: their names by id. */
export function sayCondition(condition: Condition, campaigns: Readonly<Record<number, string>>): string {
  const { said } = words;
  switch (condition.about) {
    case "last_text": {
      const direction = words.directions[condition.direction];
      if (condition.when === "never" || !condition.at) return said.never(direction);
      return said.dated(direction, words.whens[condition.when], dateOf(condition.at));
    }
    case "consent":
      return said.consent(words.consents[condition.purpose]);
    case "campaign": {
      const name = campaigns[condition.campaign_id] ?? words.someCampaign(condition.campaign_id);
      return said.campaign(name, condition.is_not ?? false);
    }
    default: {
      const shown = condition.about === "language" ? condition.any_of.map(languageOf) : condition.any_of;
      return said.words(words.abouts[condition.about], condition.is_not ?? false, shown.join(", "));
    }
  }
}
