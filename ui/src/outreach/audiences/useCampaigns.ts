/** Campaigns that have texted somebody, as a filter can name them. */
import { useMemo } from "react";
import type { Campaign } from "../../api/schema.gen";
import { useRows } from "../../settings/useRows";

export function useCampaigns(): readonly { value: string; label: string }[] {
  const { data } = useRows<Campaign>("campaigns");
  return useMemo(
    () =>
      (data ?? [])
        .filter((one) => one.started_at !== null)
        .map((one) => ({ value: String(one.id), label: one.name })),
    [data],
  );
}
