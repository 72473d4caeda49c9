/** Calls of the campaign screens. */
import { call, keyed, query } from "./client";
import { freshKey } from "./key";
import type {
  Campaign,
  CampaignDraft,
  CampaignPreview,
  CampaignRecipient,
  CampaignResults,
  CampaignTestResult,
} from "./schema.gen";
import type { Page } from "./types";

const path = (id: number) => `/campaigns/${id}`;
const RECIPIENTS_AT_ONCE = 50;
export type Move = "start" | "pause" | "resume" | "stop";

export const readCampaign = (id: number) => call<Campaign>(path(id));
export const createCampaign = (body: CampaignDraft) =>
  call<Campaign>("/campaigns", { method: "POST", body, idempotencyKey: freshKey() });
export const changeCampaign = (id: number, body: Partial<CampaignDraft>) =>
  call<Campaign>(path(id), { method: "PATCH", body });
export const moveCampaign = (id: number, move: Move) =>
  call<Campaign>(`${path(id)}/${move}`, { method: "POST" });
export const rescheduleCampaign = (id: number, sendAt: string) =>
  call<Campaign>(`${path(id)}/reschedule`, { method: "POST", body: { send_at: sendAt } });

export const askForPreview = (id: number) => call<CampaignPreview>(`${path(id)}/preview`, { method: "POST" });
export const readPreview = (id: number) => call<CampaignPreview>(`${path(id)}/preview`);
export const testCampaign = (id: number, to: string, variant: number) =>
  call<CampaignTestResult>(`${path(id)}/test`, { method: "POST", body: { to, variant } });

export const campaignResults = (id: number) => call<CampaignResults>(`${path(id)}/results`);
export const campaignRecipients = async (id: number, outcome: string, cursor: string | null) =>
  keyed(
    await call<Page<CampaignRecipient>>(
      `${path(id)}/recipients${query({ outcome, cursor, limit: RECIPIENTS_AT_ONCE })}`,
    ),
    "place",
  );
export const exportUrl = (id: number) => `/api/v1${path(id)}/export`;
