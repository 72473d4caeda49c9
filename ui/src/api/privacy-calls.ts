/** Calls about what a customer may ask for: exports, legal holds, erasure. */
import { call } from "./client";
import type * as api from "./schema.gen";

const at = (contactId: number, what: string) => `/contacts/${contactId}/${what}`;
export const exportPath = (contactId: number) => `/api/v1${at(contactId, "export")}`;
export const readHolds = async (contactId: number) =>
  (await call<api.LegalHolds>(at(contactId, "legal-holds"))).items;
export const holdContact = (contactId: number, reason: string) =>
  call<api.LegalHolds>(at(contactId, "legal-holds"), { method: "POST", body: { reason } });
export const releaseContact = (contactId: number, reason: string) =>
  call<api.LegalHolds>(at(contactId, "legal-holds/release"), { method: "POST", body: { reason } });
export const eraseContact = (contactId: number, phone: string, keep_proof: boolean) =>
  call<api.Erased>(at(contactId, "erasure"), { method: "POST", body: { phone, keep_proof } });

export const tryMasks = (text: string, kind: string | null, pattern: string) =>
  call<api.Covered>("/mask-rules/try", { method: "POST", body: { text, kind, pattern } });
export const revealMessage = (messageId: number) =>
  call<api.Revealed>(`/messages/${messageId}/reveal`, { method: "POST", body: {} });

export const readRetention = () => call<api.Retention>("/retention");
export const previewRetention = (changes: Record<string, unknown>) =>
  call<api.RetentionPreview>("/retention/preview", { method: "POST", body: changes });
export const changeRetention = (changes: Record<string, unknown>) =>
  call<api.Retention>("/retention", { method: "PATCH", body: changes });
