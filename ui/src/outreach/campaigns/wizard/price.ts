/** What a campaign is going to cost, from its preview. Pure. */
import type { PreviewResult } from "../../../api/schema.gen";
import { moneyOf } from "../../../words/common";

/** Null: of a number that is going to send nobody said what a part costs. Currencies are not added up. */
export const priceOf = ({ prices }: Pick<PreviewResult, "prices">): string | null =>
  prices?.map(({ amount, currency }) => moneyOf(amount, currency)).join(" + ") || null;
