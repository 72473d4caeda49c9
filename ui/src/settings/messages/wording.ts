/** An automated message's words as they are being edited: holes filled with stand-ins, to read and to count. Pure. */
import type { AutomatedMessage, PartPriceView, Placeholder } from "../../api/schema.gen";
import { fillHoles } from "../../text/holes";
import { countParts, type Parts } from "../../text/parts";

export type Texts = Record<string, string>;

export const textsOf = (message: AutomatedMessage): Texts =>
  Object.fromEntries(message.wordings.map((one) => [one.language, one.text]));

/** With a stand-in in each hole. */
export function sampleOf(text: string, placeholders: readonly Placeholder[], language: string): string {
  const base = language.split("-")[0] ?? "";
  const samples = new Map(placeholders.map((one) => [one.name, one.samples[base] ?? one.sample]));
  return fillHoles(text, (name) => samples.get(name));
}

export interface Cost {
  parts: Parts;
  price: string | null;
}

/** `sample` is what the customer reads. */
export function costOf(sample: string, price: PartPriceView | null): Cost {
  const parts = countParts(sample);
  const amount = price ? (Number(price.amount) * parts.parts).toFixed(4) : null;
  return { parts, price: amount };
}

/** The message of a number, else that of all numbers, which it goes by. */
export function messageFor(
  items: readonly AutomatedMessage[],
  trigger: string,
  numberId: number | null,
): { message: AutomatedMessage | undefined; own: boolean } {
  const of = (id: number | null) => items.find((one) => one.trigger === trigger && one.number_id === id);
  const found = of(numberId);
  return { message: found ?? of(null), own: found !== undefined };
}
