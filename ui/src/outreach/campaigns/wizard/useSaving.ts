/** Keeps what was chosen as a draft, so that it can be counted, tried and taken up again. */
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { changeCampaign, createCampaign } from "../../../api/campaign-calls";
import { ApiError } from "../../../api/client";
import type { Campaign } from "../../../api/schema.gen";
import { PAGE } from "../CampaignsPage";
import { type Draft, wishOf } from "./draft";

const problemsOf = (error: unknown): Record<string, string> =>
  error instanceof ApiError ? error.fields : {};

export function useSaving(campaign: Campaign | null) {
  const [saved, setSaved] = useState(campaign);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  /** What is wrong with it, by field; null: it was kept. A new one has its own address from then on. */
  const save = async (draft: Draft): Promise<Record<string, string> | null> => {
    const wish = wishOf(draft);
    if (wish === null) return {};
    setBusy(true);
    setError(null);
    try {
      const kept = saved ? await changeCampaign(saved.id, wish) : await createCampaign(wish);
      await queries.invalidateQueries({ queryKey: ["settings", PAGE] });
      if (!saved) {
        const params = { page: PAGE, rowId: String(kept.id) };
        await navigate({ to: "/outreach/$page/$rowId", params, replace: true });
      }
      setSaved(kept);
      return null;
    } catch (problem) {
      setError(problem);
      return problemsOf(problem);
    } finally {
      setBusy(false);
    }
  };
  return { saved, save, busy, error, problems: problemsOf(error) };
}
