/** Reads campaigns again when the live stream says that one was changed or has moved: at most once a second. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { campaignNews } from "../../live/link";
import { useStore } from "../../live/store";

export function useCampaignNews(resource: string) {
  const queries = useQueryClient();
  const heard = useStore(campaignNews, (count) => count);
  useEffect(() => {
    if (heard > 0) void queries.invalidateQueries({ queryKey: ["settings", resource] });
  }, [heard, resource, queries]);
}
