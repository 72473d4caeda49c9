/** What is chosen on the way to a campaign, and what each step still lacks. Pure. */
import type { Campaign, CampaignDraft } from "../../../api/schema.gen";
import { localInput } from "../../../desk/panels/snoozeTimes";

export const STEPS = ["audience", "texts", "sending", "preview", "start"] as const;
export type Step = (typeof STEPS)[number];

export interface Variant {
  template_id: number | null;
  share: string;
}

/** Shares as percents, as they are typed. */
export interface Draft {
  name: string;
  audience_id: number | null;
  variants: readonly Variant[];
  number_ids: readonly number[];
  pace_by_agents: boolean;
  reply_share: string;
  filtered_limit: string;
  opt_out_limit: string;
  failed_limit: string;
  /** By the clock of whoever looks, as <input type="datetime-local"> has it; null: at once. */
  send_at: string | null;
}
export type Figure = "reply_share" | "filtered_limit" | "opt_out_limit" | "failed_limit";
export const LIMITS = ["filtered_limit", "opt_out_limit", "failed_limit"] as const;

export const EMPTY: Draft = {
  name: "",
  audience_id: null,
  variants: [{ template_id: null, share: "100" }],
  number_ids: [],
  pace_by_agents: false,
  reply_share: "10",
  filtered_limit: "5",
  opt_out_limit: "5",
  failed_limit: "30",
  send_at: null,
};

export const sharesSum = ({ variants }: Pick<Draft, "variants">): number =>
  variants.reduce((sum, one) => sum + (Number(one.share) || 0), 0);

/** Shares as even as whole percents allow: 34, 33, 33. */
export function evenly(count: number): string[] {
  const least = Math.floor(100 / count);
  return Array.from({ length: count }, (_, place) => String(least + (place < 100 - least * count ? 1 : 0)));
}

export function withVariants(templates: readonly (number | null)[]): Variant[] {
  const shares = evenly(templates.length);
  return templates.map((template_id, place) => ({ template_id, share: shares[place] ?? "0" }));
}

const isPercent = (typed: string, least: number): boolean =>
  typed.trim() !== "" && Number(typed) >= least && Number(typed) <= 100;

export function lacks(step: Step, draft: Draft): boolean {
  switch (step) {
    case "audience":
      return draft.name.trim() === "" || draft.audience_id === null;
    case "texts":
      return (
        draft.variants.some((one) => one.template_id === null || !/^[1-9]\d*$/.test(one.share)) ||
        sharesSum(draft) !== 100
      );
    case "sending":
      return (
        draft.number_ids.length === 0 ||
        draft.send_at === "" ||
        (draft.pace_by_agents && !isPercent(draft.reply_share, 0.1)) ||
        LIMITS.some((name) => !isPercent(draft[name], 0))
      );
    default:
      return false;
  }
}

const FIELDS: Readonly<Partial<Record<Step, RegExp>>> = {
  audience: /^(name|audience_id)/,
  texts: /^variants/,
  sending: /^(number_ids|send_at|reply_share|\w+_limit)/,
};

/** The first step with something that the server did not take; else the one where one is. */
export const stepOf = (problems: Readonly<Record<string, string>>, here: Step): Step =>
  STEPS.find((step) => Object.keys(problems).some((field) => FIELDS[step]?.test(field))) ?? here;

/** 0.05 as "5", without the dust of binary fractions. */
const percentOf = (share: number): string => String(Math.round(share * 10_000) / 100);
const shareOf = (percent: string): number => Number(percent) / 100;

/** The weights of a campaign's texts as percents that add up to 100. */
function percents(weights: readonly number[]): string[] {
  const all = weights.reduce((sum, one) => sum + one, 0);
  const whole = weights.map((one) => Math.floor((100 * one) / all));
  const left = 100 - whole.reduce((sum, one) => sum + one, 0);
  return whole.map((one, place) => String(one + (place < left ? 1 : 0)));
}

/** `audienceId`: whom a new one is for, where that is known already. */
export function draftOf(campaign: Campaign | null, audienceId: number | null = null): Draft {
  if (campaign === null) return { ...EMPTY, audience_id: audienceId };
  const shares = percents(campaign.variants.map((one) => one.share));
  return {
    name: campaign.name,
    audience_id: campaign.audience_id,
    variants: campaign.variants.map((one, at) => ({
      template_id: one.template_id,
      share: shares[at] ?? "0",
    })),
    number_ids: campaign.number_ids,
    pace_by_agents: campaign.pace_by_agents,
    reply_share: percentOf(campaign.reply_share),
    filtered_limit: percentOf(campaign.filtered_limit),
    opt_out_limit: percentOf(campaign.opt_out_limit),
    failed_limit: percentOf(campaign.failed_limit),
    send_at: campaign.send_at && localInput(new Date(campaign.send_at)),
  };
}

/** As the API wants it; null while no audience is chosen. */
export function wishOf(draft: Draft): CampaignDraft | null {
  if (draft.audience_id === null) return null;
  return {
    name: draft.name.trim(),
    audience_id: draft.audience_id,
    variants: draft.variants.flatMap(({ template_id, share }) =>
      template_id === null ? [] : [{ template_id, share: Number(share) }],
    ),
    number_ids: [...draft.number_ids],
    pace_by_agents: draft.pace_by_agents,
    reply_share: shareOf(draft.reply_share),
    filtered_limit: shareOf(draft.filtered_limit),
    opt_out_limit: shareOf(draft.opt_out_limit),
    failed_limit: shareOf(draft.failed_limit),
    send_at: draft.send_at ? new Date(draft.send_at).toISOString() : null,
  };
}
