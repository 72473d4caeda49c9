/** Shapes of the administrators' resources. */
import type { Role } from "./types";

export interface ProviderAccount {
  id: number;
  provider: string;
  name: string;
  api_base_url: string;
  signature_mode: "observe" | "enforce";
  active: boolean;
  /** Secrets by their last four characters. */
  credentials: Record<string, string>;
  credentials_problem: string | null;
  callback_urls: { message: string; status: string; voice: string } | null;
}

export interface AvailableNumber {
  address: string;
  type: string;
  capabilities: string[];
  country: string;
  provider_number_id: string | null;
  messaging_service_id: string | null;
  sms_url: string | null;
  voice_url: string | null;
}

export interface SmsNumber {
  id: number;
  address: string;
  name: string;
  provider_account_id: number;
  workstream_id: number;
  type: "long_code" | "toll_free" | "short_code";
  country: string;
  capabilities: string[];
  provider_number_id: string | null;
  messaging_service_id: string | null;
  provider_answers_keywords: boolean;
  parts_per_second: number | string;
  active: boolean;
}

export interface Workstream {
  id: number;
  name: string;
  mode: "push" | "pick";
  queue_id: number;
  offer_seconds: number;
  auto_accept: boolean;
  decline_limit: number;
  units: number;
  affinity: boolean;
  affinity_grace_seconds: number;
  wrap_up_capacity: "always" | "for_seconds" | "never";
  wrap_up_seconds: number;
  reopen_seconds: number;
  agent_lost_rule: "stay" | "return_to_queue";
  auto_close_open_seconds: number;
  auto_close_active_seconds: number;
  auto_close_waiting_seconds: number;
  auto_close_wrap_up_seconds: number;
}

export interface Queue {
  id: number;
  name: string;
  priority_group: number;
  assignment_method: "highest_capacity" | "round_robin" | "least_active";
  service_level_seconds: number;
  members: number[];
}

export interface User {
  id: number;
  email: string;
  name: string;
  role: Role;
  capacity_units: number;
  active: boolean;
}

export interface ApiToken {
  id: number;
  user_id: number;
  name: string;
  scopes: string[];
  created_at: string;
  used_at: string | null;
  revoked_at?: string | null;
  token?: string;
}

export interface WebhookTally {
  door: string;
  outcome: "accepted" | "refused" | "observed" | "malformed";
  reason: string;
  hits: number;
  last_at: string;
}

export interface KeptWebhook {
  id: number;
  provider_account_id: number;
  door: string;
  reason: string;
  received_at: string;
  replayed_at: string | null;
  outcome: "kept" | "replayed" | "dropped";
}

export interface AuditEvent {
  id: number;
  kind: string;
  at: string;
  actor_id: number | null;
  actor_name: string | null;
  conversation_id: number | null;
  user_id: number | null;
  data: Record<string, unknown>;
}

export interface SetupItem {
  id: string;
  title: string;
  done: boolean;
  hint: string;
  path: string;
}
