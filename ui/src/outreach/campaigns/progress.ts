/** How far a campaign is, and how its texts do, from its counts. Pure. */
import type { Campaign, OutcomeCount } from "../../api/schema.gen";
import type { Share } from "../../blocks/Meter";
import { campaignWords as words } from "../../words/campaigns";

type Outcome = OutcomeCount["outcome"];

const TONES: Readonly<Record<Outcome, Share["tone"]>> = {
  delivered: "good",
  on_the_way: "accent",
  waiting: "plain",
  refused: "warn",
  failed: "bad",
  unclear: "warn",
  stopped: "plain",
};
/** Always told, also when there are none. */
const ALWAYS: ReadonlySet<Outcome> = new Set(["delivered", "on_the_way", "waiting", "refused", "failed"]);
const LEFT: ReadonlySet<Outcome> = new Set(["delivered", "on_the_way", "failed", "unclear"]);

/** Each part of the recipients by what became of them. */
export function sharesOf(counts: readonly OutcomeCount[]): Share[] {
  const sums: Partial<Record<Outcome, number>> = {};
  for (const { outcome, recipients } of counts) sums[outcome] = (sums[outcome] ?? 0) + recipients;
  return (Object.keys(TONES) as Outcome[])
    .filter((outcome) => ALWAYS.has(outcome) || (sums[outcome] ?? 0) > 0)
    .map((outcome) => ({
      key: outcome,
      label: words.outcomes[outcome],
      count: sums[outcome] ?? 0,
      tone: TONES[outcome],
    }));
}

/** What a row of the list knows: who was seen to, and who still waits. */
export const roughly = (campaign: Campaign): Share[] => [
  { key: "queued", label: words.handedOver, count: campaign.queued, tone: "good" },
  { key: "refused", label: words.outcomes.refused, count: campaign.refused, tone: "warn" },
  { key: "stopped", label: words.outcomes.stopped, count: campaign.stopped, tone: "plain" },
  { key: "waiting", label: words.outcomes.waiting, count: campaign.waiting, tone: "plain" },
];

export interface VariantResult {
  left: number;
  delivered: number;
  replied: number;
  opted_out: number;
}

/** Of the variant at that place: what left, and what came of it. */
export function resultOf(counts: readonly OutcomeCount[], variant: number): VariantResult {
  const result = { left: 0, delivered: 0, replied: 0, opted_out: 0 };
  for (const one of counts) {
    if (one.variant !== variant || !LEFT.has(one.outcome)) continue;
    result.left += one.recipients;
    result.replied += one.replied;
    result.opted_out += one.opted_out;
    if (one.outcome === "delivered") result.delivered += one.recipients;
  }
  return result;
}

export const isOver = ({ state }: Pick<Campaign, "state">): boolean =>
  state === "done" || state === "stopped";
/** Something may have left. */
export const hasBegun = ({ started_at }: Pick<Campaign, "started_at">): boolean => started_at !== null;
/** Its figures change by themselves. */
export const isMoving = ({ state }: Pick<Campaign, "state">, counts: readonly OutcomeCount[] = []): boolean =>
  state === "running" || state === "preparing" || counts.some((one) => one.outcome === "on_the_way");
