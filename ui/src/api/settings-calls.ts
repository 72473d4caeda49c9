/** Calls of the settings screens: every resource has the same five. */
import { call, query } from "./client";
import { freshKey } from "./key";
import type {
  AuditEvent,
  KeptWebhook,
  Offer,
  OfferedNumber,
  Provider,
  RawWebhook,
  SetupItem,
  Standing,
  Upkeep,
  WebhookCall,
  WebhookHealth,
} from "./settings-types";
import type { Check, MessageView, Page } from "./types";

export type Resource =
  | "provider-accounts"
  | "numbers"
  | "workstreams"
  | "queues"
  | "calendars"
  | "brands"
  | "mask-rules"
  | "users"
  | "tokens"
  | "webhook-subscriptions"
  | "message-templates"
  | "flows"
  | "outbound-configurations"
  | "audiences"
  | "campaigns";
type Values = Record<string, unknown>;

/** All rows; settings are few, so pages are joined here. `also`: further parameters of the address. */
export async function listRows<T>(resource: Resource, also: Record<string, string> = {}): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | null | undefined = null;
  do {
    const page: Page<T> = await call(`/${resource}${query({ ...also, cursor, limit: 200 })}`);
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
/** Asks the provider now; what it finds is kept. */
export const checkAccount = (id: number) =>
  call<Upkeep>(`/provider-accounts/${id}/check`, { method: "POST", body: {} });
/** What the last look found. */
export const readUpkeep = (id: number) => call<Upkeep>(`/provider-accounts/${id}/upkeep`);
export const listProviders = async () => (await call<{ items: Provider[] }>("/providers")).items;
export const connectNumber = (id: number) =>
  call<Checks>(`/numbers/${id}/connect`, { method: "POST", body: {} });
export const setNumberVoice = (id: number, body: Values) =>
  call<Checks>(`/numbers/${id}/voice`, { method: "PUT", body });
export const numberStandings = async () => (await call<{ items: Standing[] }>("/numbers/standings")).items;
export const changeRegistration = (numberId: number, body: Values) =>
  call<Standing>(`/numbers/${numberId}/registration`, { method: "PATCH", body });
export const availableNumbers = (accountId: number) =>
  call<Offer>(`/provider-accounts/${accountId}/available-numbers`);
export const assessNumber = (accountId: number, address: string) =>
  call<OfferedNumber>(`/provider-accounts/${accountId}/assess-number`, { method: "POST", body: { address } });

export const webhookHealth = (accountId: number) =>
  call<WebhookHealth>(`/provider-accounts/${accountId}/webhooks`);
export const keptWebhooks = (outcome: "kept" | "refused") =>
  call<Page<KeptWebhook>>(`/kept-webhooks${query({ outcome, limit: 200 })}`);
export const rawWebhook = (id: number) => call<RawWebhook>(`/kept-webhooks/${id}/raw`);
export const settleKept = (id: number, how: "replay" | "drop") =>
  call<unknown>(`/kept-webhooks/${id}/${how}`, { method: "POST", body: {} });

export const sendTest = (accountId: number, body: { number_id: number; to: string; body?: string }) =>
  call<MessageView>(`/provider-accounts/${accountId}/test-message`, {
    method: "POST",
    body,
    idempotencyKey: freshKey(),
  });

export interface RoundTrip {
  message: MessageView;
  answered_at: string | null;
}
export const followTest = (accountId: number, messageId: number) =>
  call<RoundTrip>(`/provider-accounts/${accountId}/test-message/${messageId}`);

export const readSetup = () => call<Page<SetupItem>>("/setup");
export interface EventFilter {
  kind: string;
  actor_id: string;
  since: string | null;
  until: string | null;
  audit: "true" | "";
}
export const readEvents = (filter: EventFilter, after: string | null) =>
  call<Page<AuditEvent>>(`/events${query({ ...filter, after, order: "newest", limit: 50 })}`);

export const webhookTypes = async () =>
  (await call<{ items: { type: string; title: string }[] }>("/webhook-subscriptions/types")).items;
export const webhookDeliveries = async (id: number) =>
  (await call<Page<WebhookCall>>(`/webhook-subscriptions/${id}/deliveries?limit=20`)).items;
export const testWebhook = (id: number) =>
  call<unknown>(`/webhook-subscriptions/${id}/test`, { method: "POST", body: {} });
export const renewWebhookSecret = (id: number) =>
  call<{ secret: string }>(`/webhook-subscriptions/${id}/secret`, { method: "POST", body: {} });
export const repeatDelivery = (id: number, deliveryId: number) =>
  call<void>(`/webhook-subscriptions/${id}/deliveries/${deliveryId}/again`, { method: "POST", body: {} });
