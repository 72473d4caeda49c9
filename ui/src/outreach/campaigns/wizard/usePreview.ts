/** The preview of a draft: asked for anew in its own step, and read until it is counted. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { askForPreview, readPreview } from "../../../api/campaign-calls";
import type { Campaign, CampaignPreview } from "../../../api/schema.gen";

const WHILE_COUNTING_MS = 500;

const isCounting = (preview: CampaignPreview | undefined): boolean =>
  preview?.state !== "done" && preview?.state !== "failed";

/** What the campaign as it is comes to: a count of an earlier edition is asked for anew. */
async function readCurrent(id: number): Promise<CampaignPreview> {
  const found = await readPreview(id);
  return found.current || isCounting(found) ? found : askForPreview(id);
}

/** What was counted last; `asked` false: not yet. */
export function useCounted({ id, edition }: Campaign, asked: boolean) {
  return useQuery({
    queryKey: ["campaign", id, "preview", edition],
    queryFn: () => readCurrent(id),
    enabled: asked,
    refetchInterval: ({ state: { data } }) => (isCounting(data) ? WHILE_COUNTING_MS : false),
  });
}

/** Asks whenever it comes on screen, and when told so. */
export function usePreview(campaign: Campaign) {
  const { id, edition } = campaign;
  const queries = useQueryClient();
  const [times, setTimes] = useState(0);
  const asked = useQuery({
    queryKey: ["campaign", id, "preview", edition, "asked", times],
    queryFn: async () => {
      const first = await askForPreview(id);
      queries.setQueryData(["campaign", id, "preview", edition], first);
      return first;
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const counted = useCounted(campaign, asked.isSuccess);
  return {
    preview: asked.isSuccess ? counted.data : undefined,
    error: asked.error ?? counted.error,
    again: () => setTimes((held) => held + 1),
  };
}
