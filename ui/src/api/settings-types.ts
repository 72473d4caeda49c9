/** Shapes of the administrators' resources, narrowed like those in types.ts. */
import type * as api from "./schema.gen";
import type { Role } from "./types";

type Narrow<T, N> = Omit<T, keyof N> & N;

export type ProviderAccount = Narrow<api.AccountView, { signature_mode: "observe" | "enforce" }>;
export type AvailableNumber = api.AvailableNumber;
export type SmsNumber = Narrow<api.Number, { type: "long_code" | "toll_free" | "short_code" }>;
export type Workstream = api.Workstream;
export type Queue = api.Queue;
export type User = Narrow<api.User, { role: Role }>;
/** `token` only in the answer that made it. */
export type ApiToken = api.Token & { token?: string };
export type WebhookTally = Narrow<api.Tally, { outcome: "accepted" | "refused" | "observed" | "malformed" }>;
export type KeptWebhook = api.KeptView;
export type AuditEvent = api.EventView;
export type SetupItem = api.SetupItem;
