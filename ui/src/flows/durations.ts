/** Lengths of time as people say them. */
import { flowWords as words } from "../words/flows";

export const UNITS = { minutes: 60, hours: 3600, days: 86_400, weeks: 604_800 } as const;
export type Unit = keyof typeof UNITS;
const NAMES = Object.keys(UNITS) as Unit[];

/** 90 minutes stay 90 minutes: the largest unit that leaves nothing over. */
export function splitDuration(seconds: number): { amount: number; unit: Unit } {
  const unit = NAMES.toReversed().find((one) => seconds % UNITS[one] === 0) ?? "minutes";
  return { amount: Math.max(1, Math.round(seconds / UNITS[unit])), unit };
}

export function durationWords(seconds: number): string {
  if (seconds < 60 || seconds % 60 !== 0) return words.seconds(seconds);
  const { amount, unit } = splitDuration(seconds);
  return words.unit[unit](amount);
}
