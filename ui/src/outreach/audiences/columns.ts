/** What the columns of a file are: chosen one by one, and as the API wants it. Pure. */
import type { ColumnChoice, Layout } from "../../api/schema.gen";

export interface Meaning {
  use: Layout["columns"][number]["use"];
  slot: string;
}

export const SLOT = /^[A-Za-z][A-Za-z0-9_]{0,49}$/;

export const meaningsOf = (layout: Layout): Meaning[] =>
  layout.columns.map(({ use, slot }) => ({ use, slot }));

/** The phone and the language are one column each: choosing another lets the one before go. */
export function withMeaning(held: readonly Meaning[], place: number, part: Partial<Meaning>): Meaning[] {
  const single = part.use === "phone" || part.use === "locale";
  return held.map((one, at) => {
    if (at === place) return { ...one, ...part };
    return single && one.use === part.use ? { ...one, use: "ignored" } : one;
  });
}

export type Lack = "phone" | "slot" | "twice";

export function lackOf(held: readonly Meaning[]): Lack | null {
  if (!held.some((one) => one.use === "phone")) return "phone";
  const slots = held.filter((one) => one.use === "value").map((one) => one.slot);
  if (slots.some((slot) => !SLOT.test(slot))) return "slot";
  return new Set(slots).size < slots.length ? "twice" : null;
}

export function choiceOf(held: readonly Meaning[], region: string): ColumnChoice {
  const locale = held.findIndex((one) => one.use === "locale");
  const values = held.flatMap((one, place) => (one.use === "value" ? [[one.slot, place] as const] : []));
  return {
    phone: held.findIndex((one) => one.use === "phone"),
    locale: locale < 0 ? null : locale,
    values: Object.fromEntries(values),
    region,
  };
}
