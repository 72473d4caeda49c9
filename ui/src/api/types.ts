/** Shapes of the REST API and the live stream, as the screens use them. Times are RFC 3339 in UTC. */

export type Role = "agent" | "supervisor" | "administrator";
export type Presence = "available" | "busy" | "do_not_disturb" | "away" | "offline";
export type ConversationState = "open" | "offered" | "active" | "waiting" | "wrap_up" | "closed";
export type MessageKind = "inbound" | "outbound" | "note";
export type MediaState = "pending" | "stored" | "refused" | "failed";

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  errors?: { field: string; problem: string; way_out?: string }[];
  reason?: string;
  sentence?: string;
  until?: string | null;
  message?: MessageView;
}

export interface Page<T> {
  items: T[];
  next_cursor?: string | null;
}

export interface SessionUser {
  id: number;
  email: string;
  name: string;
  role: Role;
  permissions: string[];
}

export interface Session {
  user: SessionUser;
  csrf_token: string;
}

export interface AgentView {
  id: number;
  name: string;
  role: Role;
  presence: Presence;
  presence_since: string | null;
  connected: boolean;
  capacity_units: number;
  used_units: number;
}

export interface Me extends AgentView {
  email: string;
  permissions: string[];
}

export interface ConversationView {
  id: number;
  state: ConversationState;
  state_since: string;
  number_id: number;
  number: string;
  number_name: string;
  workstream_id: number;
  workstream: string;
  queue_id: number;
  queue: string;
  contact_id: number;
  contact_name: string;
  customer_phone: string;
  country: string | null;
  time_zone: string | null;
  language: string | null;
  agent_id: number | null;
  agent_name: string | null;
  queued_at: string | null;
  offer_expires_at: string | null;
  wake_at: string | null;
  waiting_since: string | null;
  opened_at: string;
  closed_at: string | null;
  close_reason: string | null;
  disposition: string | null;
  last_message_at: string | null;
  last_direction: "inbound" | "outbound" | null;
  last_preview: string;
  unread: number;
  last_seq: number;
  version: number;
  capabilities: string[];
  opted_out: boolean;
}

export interface Sending {
  allowed: boolean;
  reason: string | null;
  sentence: string | null;
  until: string | null;
}

export interface ConversationDetail extends ConversationView {
  sending: Sending;
  earlier_count: number;
}

export interface MediaView {
  id: number;
  content_type: string;
  file_name: string | null;
  size: number | null;
  state: MediaState;
  problem: string | null;
}

export interface MessageView {
  id: number;
  conversation_id: number;
  seq: number;
  kind: MessageKind;
  origin: "customer" | "agent" | "automated" | "api";
  author_id: number | null;
  author_name: string | null;
  body: string;
  parts: number;
  encoding: string | null;
  status: string;
  /** Only grows: of two rows of one message the higher is the newer. */
  status_rank: number;
  error_code: string | null;
  error_class: string | null;
  error_sentence: string | null;
  price: string | null;
  price_currency: string | null;
  late: boolean;
  created_at: string;
  sent_at: string | null;
  delivered_at: string | null;
  media: MediaView[];
}

export interface OfferView {
  id: number;
  conversation_id: number;
  agent_id: number;
  reason: string;
  made_at: string;
  expires_at: string;
  state: "pending" | "accepted" | "declined" | "timed_out" | "withdrawn";
  conversation: ConversationView;
}

export interface ThreadEvent {
  id: number;
  kind: string;
  actor_name: string | null;
  user_name: string | null;
  data: Record<string, unknown>;
}

export type ThreadItem = { key: string; at: string; conversation_id: number } & (
  | { kind: "message"; message: MessageView }
  | { kind: "event"; event: ThreadEvent }
);

export interface ThreadPage {
  items: ThreadItem[];
  next_before: string | null;
}

export interface StreamEvent {
  cursor: string;
  id: number;
  kind: string;
  at: string;
  actor_id: number | null;
  actor_name: string | null;
  conversation_id: number | null;
  contact_id: number | null;
  message_id: number | null;
  user_id: number | null;
  user_name?: string | null;
  data: Record<string, unknown>;
  conversation?: ConversationView | null;
  message?: MessageView | null;
  offer?: OfferView | null;
  agent?: AgentView | null;
}

export interface Named {
  id: number;
  name: string;
}

export interface DeskView {
  cursor: string;
  me: Me;
  my: ConversationView[];
  open: ConversationView[];
  closed: ConversationView[];
  offers: OfferView[];
  agents: AgentView[];
  queues: Named[];
  numbers: { id: number; address: string; name: string }[];
}

export interface RoutingDecision {
  id: number;
  decided_at: string;
  last_at: string;
  outcome: "offered" | "nobody" | "held";
  agent_id: number | null;
  agent_name: string | null;
  queue: string;
  method: string;
  rules_version: string;
  sentence: string;
  order: { agent_id: number; agent_name: string; position: number; facts: Record<string, unknown> }[];
  failed: { test: string; sentence: string; agents: Named[] }[];
}

export interface ConsentEntry {
  number_id: number | null;
  number: string | null;
  choice: "opt_in" | "opt_out";
  source: string;
  words: string;
  at: string;
}

export interface Contact {
  id: number;
  name: string;
  phones: string[];
  language: string | null;
  time_zone: string | null;
  attributes: Record<string, unknown>;
  created_at: string;
  conversations?: {
    id: number;
    opened_at: string;
    closed_at: string | null;
    state: ConversationState;
    number: string;
    queue: string;
    last_preview: string;
  }[];
  consent?: ConsentEntry[];
  blocked?: boolean;
}

export interface Check {
  name: string;
  ok: boolean;
  evidence: string;
  fix: string | null;
}
