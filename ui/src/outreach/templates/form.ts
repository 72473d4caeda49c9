/** A template as it is being edited: what is shown, what changed, what the samples make of it. Pure. */
import type { MessageTemplate, SlotKind, TemplateSlot, TemplateVersion } from "../../api/schema.gen";
import { fillHoles, holesOf } from "../../text/holes";

export type Texts = Readonly<Record<string, string>>;
export type State = "approved" | "draft" | "beside" | "rejected" | "archived";
export type Purpose = "informational" | "promotional" | "conversation";

export interface Form {
  name: string;
  purpose: Purpose;
  default_locale: string;
  texts: Texts;
  slots: readonly TemplateSlot[];
}

/** Known without a slot, with the samples the server uses too. */
export const BUILT_IN: Readonly<Record<string, string>> = {
  CustomerFirstName: "Maria",
  CustomerName: "Maria Gonzalez",
  NumberName: "Support",
  AgentFirstName: "Ana",
  AgentName: "Ana Flores",
};
export const KINDS: readonly SlotKind[] = ["text", "number", "money", "date", "time", "link"];

export function stateOf({ archived, approved, draft }: MessageTemplate): State {
  if (archived) return "archived";
  if (draft?.state === "rejected") return "rejected";
  if (approved) return draft ? "beside" : "approved";
  return "draft";
}

export function formOf(template: MessageTemplate | null): Form {
  const version = template?.draft ?? template?.approved;
  if (!template || !version) {
    return { name: "", purpose: "informational", default_locale: "en", texts: { en: "" }, slots: [] };
  }
  return {
    name: template.name,
    purpose: template.purpose as Purpose,
    default_locale: version.default_locale,
    texts: version.texts,
    slots: version.slots,
  };
}

/** Only what is different goes to the server, so that others' changes elsewhere stay. */
export function changesOf(base: Form, form: Form): Partial<Form> {
  const keys = Object.keys(form) as (keyof Form)[];
  return Object.fromEntries(
    keys
      .filter((key) => JSON.stringify(base[key]) !== JSON.stringify(form[key]))
      .map((key) => [key, form[key]]),
  );
}

/** The default language first, the others by name. */
export const localesOf = ({ texts, default_locale }: Form): string[] =>
  Object.keys(texts).sort(
    (a, b) => Number(b === default_locale) - Number(a === default_locale) || a.localeCompare(b),
  );

export function unknownNames({ texts, slots }: Form): string[] {
  const known = new Set([...Object.keys(BUILT_IN), ...slots.map((slot) => slot.name)]);
  const used = Object.values(texts).flatMap((text) => holesOf(text));
  return [...new Set(used)].filter((name) => !known.has(name));
}

export function sampleOf(form: Form, locale: string): string {
  const slots = new Map(form.slots.map((slot) => [slot.name, slot]));
  return fillHoles(form.texts[locale] ?? "", (name) => {
    const slot = slots.get(name);
    return slot ? written(slot, locale) : BUILT_IN[name];
  });
}

/** A version with somebody's own values; where a name has none, what is said instead or the hole. */
export function readAs(version: TemplateVersion, locale: string, values: Texts): string {
  const slots = new Map(version.slots.map((slot) => [slot.name, slot]));
  return fillHoles(version.texts[locale] ?? "", (name) => {
    const [slot, value] = [slots.get(name), values[name]];
    return slot && value ? written({ ...slot, sample: value }, locale) : value;
  });
}

/** Slots without which the text cannot be said and that have no value there. */
export const lacksOf = (version: TemplateVersion, locale: string, values: Texts): string[] =>
  holesOf(version.texts[locale] ?? "", true).filter((name) => !(name in BUILT_IN) && !values[name]?.trim());

/** As the server writes values for that language, as far as a browser can; what it cannot read stays as it is. */
function written({ kind, sample }: TemplateSlot, locale: string): string {
  try {
    return plainSpaces(WRITERS[kind](sample.trim(), locale));
  } catch {
    return sample;
  }
}

const plainSpaces = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");
const UTC = { timeZone: "UTC" } as const;
const day = (value: string, clock: string) => new Date(`${value}T${clock}Z`);

const WRITERS: Record<SlotKind, (sample: string, locale: string) => string> = {
  text: (sample) => sample,
  link: (sample) => sample,
  number: (sample, locale) => new Intl.NumberFormat(locale).format(figure(sample)),
  money: (sample, locale) => {
    const [amount = "", currency = ""] = sample.split(" ");
    return new Intl.NumberFormat(locale, { style: "currency", currency }).format(figure(amount));
  },
  date: (sample, locale) =>
    new Intl.DateTimeFormat(locale, { dateStyle: "medium", ...UTC }).format(day(sample, "00:00")),
  time: (sample, locale) =>
    new Intl.DateTimeFormat(locale, { timeStyle: "short", ...UTC }).format(day("2026-01-01", sample)),
};

function figure(text: string): number {
  const value = Number(text);
  if (text === "" || Number.isNaN(value)) throw new RangeError(text);
  return value;
}
