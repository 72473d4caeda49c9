/** Calls of the settings screens: every resource has the same five. */
import { call, query } from "./client";
import { freshKey } from "./key";
import type { AuditEvent, AvailableNumber, KeptWebhook, SetupItem, WebhookTally } from "./settings-types";
import type { Check, MessageView, Page } from "./types";

export type Resource = "provider-accounts" | "numbers" | "workstreams" | "queues" | "users" | "tokens";
type Values = Record<string, unknown>;

/** All rows; settings are few, so pages are joined here. */
export async function listRows<T>(resource: Resource): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | null | undefined = null;
  do {
    const page: Page<T> = await call(`/${resource}${query({ cursor, limit: 200 })}`);
    rows.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return rows;
}

export const createRow = <T>(resource: Resource, body: Values) =>
  call<T>(`/${resource}`, { method: "POST", body, idempotencyKey: freshKey() });
export const changeRow = <T>(resource: Resource, id: number, body: Values) =>
  call<T>(`/${resource}/${id}`, { method: "PATCH", body });
export const removeRow = (resource: Resource, id: number) =>
  call<void>(`/${resource}/${id}`, { method: "DELETE" });

interface Checks {
  checks: Check[];
}
export const checkDraft = (draft: Values) =>
  call<Checks>("/provider-accounts/check", { method: "POST", body: draft });
export const checkAccount = (id: number) =>
  call<Checks>(`/provider-accounts/${id}/check`, { method: "POST", body: {} });
export const connectNumber = (id: number) =>
  call<Checks>(`/numbers/${id}/connect`, { method: "POST", body: {} });
export const availableNumbers = (accountId: number) =>
  call<Page<AvailableNumber>>(`/provider-accounts/${accountId}/available-numbers`);

export interface WebhookHealth {
  tallies: WebhookTally[];
  last_accepted_at: string | null;
}
export const webhookHealth = (accountId: number) =>
  call<WebhookHealth>(`/provider-accounts/${accountId}/webhooks`);
export const keptWebhooks = () => call<Page<KeptWebhook>>("/kept-webhooks?outcome=kept&limit=200");
export const settleKept = (id: number, how: "replay" | "drop") =>
  call<unknown>(`/kept-webhooks/${id}/${how}`, { method: "POST", body: {} });

export const sendTest = (accountId: number, body: { number_id: number; to: string; body?: string }) =>
  call<MessageView>(`/provider-accounts/${accountId}/test-message`, {
    method: "POST",
    body,
    idempotencyKey: freshKey(),
  });

export const readSetup = () => call<Page<SetupItem>>("/setup");
export const readEvents = (kind: string, after: string | null) =>
  call<Page<AuditEvent>>(`/events${query({ kind, after, order: "newest", limit: 50 })}`);
