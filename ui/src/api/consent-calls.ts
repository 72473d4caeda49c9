/** Calls about consent, texts for later, and texts to people who did not write first. */
import { call, query } from "./client";
import { freshKey } from "./key";
import type * as api from "./schema.gen";
import type { MessageView } from "./types";

export const readStates = (phone: string, number_id: number) =>
  call<api.ConsentStates>(`/consent/states${query({ phone, number_id })}`);
export const recordConsent = (draft: Partial<api.ConsentDraft>) =>
  call<api.ConsentEntry>("/consent", { method: "POST", body: draft, idempotencyKey: freshKey() });
export const blockPhone = (phone: string, reason: string) =>
  call<api.BlockedPhone>("/blocked-phones", {
    method: "POST",
    body: { phone, reason },
    idempotencyKey: freshKey(),
  });
export const unblockPhone = (phone: string) =>
  call<void>(`/blocked-phones/${encodeURIComponent(phone)}`, { method: "DELETE" });
export const settleSuggestion = (messageId: number, record: boolean) =>
  call<MessageView>(`/messages/${messageId}/opt-out-suggestion`, { method: "POST", body: { record } });
export const cancelMessage = (messageId: number) =>
  call<MessageView>(`/messages/${messageId}/cancel`, { method: "POST", body: {} });

export function importConsent(file: File, where: Record<string, string | null>) {
  const form = new FormData();
  form.set("file", file);
  return call<api.ImportedConsent>(`/consent/import${query(where)}`, { method: "POST", body: form });
}
export const exportConsentPath = "/api/v1/consent/export";
export const askConsent = (order: Pick<api.ConsentRequest, "phone" | "number_id" | "words" | "purpose">) =>
  call<api.ConsentEntry>("/consent/requests", { method: "POST", body: order, idempotencyKey: freshKey() });
export const evidencePath = (phone: string) => `/api/v1/evidence${query({ phone })}`;

export interface NewText {
  number_id: number;
  to: string;
  body: string;
  about: string;
  send_at?: string;
}
export const startConversation = (text: NewText, idempotencyKey: string) =>
  call<api.StartedConversation>("/conversations", { method: "POST", body: text, idempotencyKey });
export const checkSend = (
  text: { number_id: number; to: string; about: string; body: string },
  signal?: AbortSignal,
) => call<api.CheckedSends>("/send-checks", { method: "POST", body: { ...text, to: [text.to] }, signal });

export const readSendingRules = () => call<api.SendingRules>("/sending-rules");
export const changeSendingRules = (changes: Record<string, unknown>) =>
  call<api.SendingRules>("/sending-rules", { method: "PATCH", body: changes });
