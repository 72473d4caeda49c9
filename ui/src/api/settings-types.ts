/** Shapes of the administrators' resources, narrowed like those in types.ts. */
import type * as api from "./schema.gen";
import type { Role } from "./types";

type Narrow<T, N> = Omit<T, keyof N> & N;

export type ProviderAccount = Narrow<api.AccountView, { signature_mode: "observe" | "enforce" }>;
export type Provider = api.ProviderView;
export type OfferedNumber = Narrow<api.OfferedNumber, { type: NumberType }>;
/** Numbers at the provider, and the ids of ours that are there no more. */
export interface Offer {
  items: OfferedNumber[];
  gone: number[];
}
export type Upkeep = api.Upkeep;
export type Warned = api.Warned;
type NumberType = "long_code" | "toll_free" | "short_code";
export type NumberVoice = Required<api.VoiceView>;
export type SmsNumber = Narrow<api.Number, { type: NumberType; voice: NumberVoice }>;
/** The server always tells every field of a registration. */
export type Standing = Narrow<api.Standing, { registration: Required<api.Registration> }>;
export type Workstream = api.Workstream;
export type Queue = api.Queue;
export type User = Narrow<api.User, { role: Role }>;
/** `token` only in the answer that made it. */
export type ApiToken = api.Token & { token?: string };
export type WebhookTally = Narrow<api.Tally, { outcome: "accepted" | "refused" | "observed" | "malformed" }>;
export type WebhookHealth = Narrow<api.WebhookHealth, { tallies: WebhookTally[] }>;
export type WebhookSpan = api.Span;
export type RawWebhook = api.RawWebhook;
export type KeptWebhook = api.KeptView;
export type AuditEvent = api.EventView;
export type SetupItem = api.SetupItem;
/** `secret` only in the answer that made it. */
export type WebhookOut = api.WebhookSubscription & { secret?: string };
export type WebhookCall = Narrow<api.WebhookDelivery, { state: "waiting" | "taken" | "failed" }>;
