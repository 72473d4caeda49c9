/** Made by `npm run types` from openapi.json. Do not edit. */

export interface AccountChanges {
  name?: string;
  credentials?: Record<string, string | null>;
  api_base_url?: string;
  signature_mode?: "enforce" | "observe";
  active?: boolean;
}

export interface AccountDraft {
  provider: string;
  name: string;
  credentials: Record<string, string>;
  api_base_url?: string | null;
  signature_mode?: "enforce" | "observe";
  active?: boolean;
}

export interface AccountPage {
  items: AccountView[];
  next_cursor: string | null;
}

export interface AccountView {
  id: number;
  provider: string;
  name: string;
  api_base_url: string;
  signature_mode: string;
  active: boolean;
  credentials: Record<string, string>;
  credentials_problem: string | null;
  callback_urls: CallbackAddresses | null;
  last_inbound_at: string | null;
  created_at: string;
}

export interface AgentView {
  id: number;
  name: string;
  role: "administrator" | "agent" | "supervisor";
  presence: "available" | "away" | "busy" | "do_not_disturb" | "offline";
  presence_since: string | null;
  connected: boolean;
  capacity_units: number;
  used_units: number;
}

export interface Agents {
  items: AgentView[];
}

export interface AvailableNumber {
  address: string;
  type: string;
  capabilities: string[];
  country: string;
  provider_number_id: string;
  messaging_service_id?: string | null;
  sms_url?: string | null;
  voice_url?: string | null;
}

export interface AvailableNumbers {
  items: AvailableNumber[];
}

export interface BlockDraft {
  phone: string;
  reason?: string;
}

export interface BlockedPage {
  items: BlockedPhone[];
  next_cursor: string | null;
}

export interface BlockedPhone {
  phone: string;
  reason: string;
  user_id: number | null;
  at: string;
}

export interface CallbackAddresses {
  message: string;
  status: string;
  voice: string;
}

export interface Check {
  name: string;
  ok: boolean;
  evidence: string;
  fix?: string;
}

export interface Checks {
  checks: Check[];
}

export interface CloseOrder {
  disposition?: string | null;
  note?: string | null;
}

export interface ConsentDraft {
  phone: string;
  choice: "opt_in" | "opt_out";
  words: string;
  number_id?: number | null;
}

export interface ConsentEntry {
  id: number;
  phone: string;
  number_id: number | null;
  number: string | null;
  choice: string;
  source: string;
  words: string;
  user_id: number | null;
  at: string;
}

export interface ConsentPage {
  items: ConsentEntry[];
  next_cursor: string | null;
}

export interface Contact {
  id: number;
  name: string;
  phones: string[];
  language: string | null;
  time_zone: string | null;
  attributes: Record<string, unknown>;
  created_at: string;
}

export interface ContactChanges {
  phones?: string[];
  name?: string;
  language?: string | null;
  time_zone?: string | null;
  attributes?: Record<string, string | number | boolean | null>;
}

export interface ContactDetail {
  id: number;
  name: string;
  phones: string[];
  language: string | null;
  time_zone: string | null;
  attributes: Record<string, unknown>;
  created_at: string;
  conversations: PastConversation[];
  consent: ConsentEntry[];
  blocked: boolean;
}

export interface ContactDraft {
  phones: string[];
  name?: string;
  language?: string | null;
  time_zone?: string | null;
  attributes?: Record<string, string | number | boolean | null>;
}

export interface ContactPage {
  items: Contact[];
  next_cursor: string | null;
}

export interface ConversationDetail {
  id: number;
  state: "active" | "closed" | "offered" | "open" | "waiting" | "wrap_up";
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
  last_direction: string | null;
  last_preview: string;
  unread: number;
  last_seq: number;
  version: number;
  capabilities: string[];
  opted_out: boolean;
  sending: Sending;
  earlier_count: number;
}

export interface ConversationPage {
  items: ConversationView[];
  next_cursor: string | null;
}

export interface ConversationView {
  id: number;
  state: "active" | "closed" | "offered" | "open" | "waiting" | "wrap_up";
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
  last_direction: string | null;
  last_preview: string;
  unread: number;
  last_seq: number;
  version: number;
  capabilities: string[];
  opted_out: boolean;
}

export interface DecisionAgent {
  id: number;
  name: string;
}

export interface DecisionPage {
  items: DecisionView[];
  next_cursor: string | null;
}

export interface DecisionView {
  id: number;
  decided_at: string;
  last_at: string;
  outcome: string;
  agent_id: number | null;
  agent_name: string | null;
  queue: string;
  method: string;
  rules_version: string;
  sentence: string;
  order: RankedAgent[];
  failed: FailedTest[];
}

export interface DeskView {
  cursor: string;
  me: MeView;
  my: ConversationView[];
  open: ConversationView[];
  closed: ConversationView[];
  offers: OfferView[];
  agents: AgentView[];
  queues: QueueRef[];
  numbers: NumberRef[];
}

export interface EventPage {
  items: EventView[];
  next_cursor: string | null;
}

export interface EventView {
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
  data: Record<string, unknown>;
}

export interface FailedTest {
  test: string;
  sentence: string;
  count: number;
  agents: DecisionAgent[];
}

export interface FieldError {
  field: string;
  problem: string;
  way_out: string;
}

export interface KeptPage {
  items: KeptView[];
  next_cursor: string | null;
}

export interface KeptView {
  id: number;
  provider_account_id: number;
  door: string;
  reason: string;
  received_at: string;
  replayed_at: string | null;
  outcome: string;
}

export interface MeView {
  id: number;
  name: string;
  role: "administrator" | "agent" | "supervisor";
  presence: "available" | "away" | "busy" | "do_not_disturb" | "offline";
  presence_since: string | null;
  connected: boolean;
  capacity_units: number;
  used_units: number;
  email: string;
  permissions: string[];
}

export interface MediaView {
  id: number;
  content_type: string;
  file_name: string | null;
  size: number | null;
  state: "failed" | "pending" | "refused" | "stored";
  problem: string | null;
}

export interface Members {
  user_ids: number[];
}

export interface MessagePage {
  items: MessageView[];
  next_cursor: string | null;
}

export interface MessageView {
  id: number;
  conversation_id: number;
  seq: number;
  kind: "inbound" | "note" | "outbound";
  origin: "agent" | "api" | "automated" | "customer";
  author_id: number | null;
  author_name: string | null;
  body: string;
  parts: number;
  encoding: string | null;
  status: string;
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
  media?: MediaView[];
}

export interface NewToken {
  id: number;
  user_id: number;
  name: string;
  scopes: string[];
  created_at: string;
  used_at: string | null;
  token: string;
}

export interface NoteDraft {
  body: string;
}

export interface Number {
  id: number;
  address: string;
  name: string;
  provider_account_id: number;
  workstream_id: number;
  type: string;
  country: string;
  capabilities: string[];
  provider_number_id: string | null;
  messaging_service_id: string | null;
  provider_answers_keywords: boolean;
  parts_per_second: number;
  active: boolean;
  created_at: string;
}

export interface NumberChanges {
  name?: string;
  provider_account_id?: number;
  workstream_id?: number;
  capabilities?: ("mms" | "sms" | "voice")[];
  provider_number_id?: string | null;
  messaging_service_id?: string | null;
  provider_answers_keywords?: boolean;
  parts_per_second?: number;
  active?: boolean;
}

export interface NumberDraft {
  address: string;
  provider_account_id: number;
  workstream_id: number;
  name?: string;
  type?: "long_code" | "short_code" | "toll_free" | null;
  country?: string | null;
  capabilities?: ("mms" | "sms" | "voice")[];
  provider_number_id?: string | null;
  messaging_service_id?: string | null;
  provider_answers_keywords?: boolean;
  parts_per_second?: number | null;
  active?: boolean;
}

export interface NumberPage {
  items: Number[];
  next_cursor: string | null;
}

export interface NumberRef {
  id: number;
  address: string;
  name: string;
}

export interface OfferView {
  id: number;
  conversation_id: number;
  agent_id: number;
  reason: string;
  made_at: string;
  expires_at: string;
  state: "accepted" | "declined" | "pending" | "timed_out" | "withdrawn";
  conversation: ConversationView;
}

export interface PasswordChange {
  current_password: string;
  new_password: string;
}

export interface PastConversation {
  id: number;
  opened_at: string;
  closed_at: string | null;
  state: string;
  number: string;
  queue: string;
  last_preview: string;
}

export interface PresenceOrder {
  presence: "available" | "away" | "busy" | "do_not_disturb" | "offline";
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: FieldError[];
  reason?: string;
  sentence?: string;
  until?: string | null;
  message?: unknown;
}

export interface Queue {
  id: number;
  name: string;
  priority_group: number;
  assignment_method: string;
  service_level_seconds: number;
  members: number[];
  created_at: string;
}

export interface QueueChanges {
  name?: string;
  priority_group?: number;
  assignment_method?: "highest_capacity" | "least_active" | "round_robin";
  service_level_seconds?: number;
  members?: number[];
}

export interface QueueDraft {
  name: string;
  priority_group?: number;
  assignment_method?: "highest_capacity" | "least_active" | "round_robin";
  service_level_seconds?: number;
  members?: number[];
}

export interface QueuePage {
  items: Queue[];
  next_cursor: string | null;
}

export interface QueueRef {
  id: number;
  name: string;
}

export interface RankedAgent {
  agent_id: number;
  agent_name: string;
  position: number;
  facts: Record<string, unknown>;
}

export type Scope = "admin" | "messages:send" | "read" | "write";

export interface Sending {
  allowed: boolean;
  reason?: string | null;
  sentence?: string | null;
  until?: string | null;
}

export interface Session {
  user: SessionUser;
  csrf_token: string;
}

export interface SessionUser {
  id: number;
  email: string;
  name: string;
  role: string;
  permissions: string[];
}

export interface SetupItem {
  id: string;
  title: string;
  done: boolean;
  hint: string;
  path: string;
}

export interface SetupList {
  items: SetupItem[];
}

export interface SignIn {
  email: string;
  password: string;
}

export interface SnoozeOrder {
  until: string;
}

export interface Tally {
  door: string;
  outcome: string;
  reason: string;
  hits: number;
  last_at: string;
}

export interface TestMessage {
  number_id: number;
  to: string;
  body?: string | null;
}

export interface TextDraft {
  body: string;
  media_ids?: number[];
}

export interface ThreadEvent {
  id: number;
  kind: string;
  actor_name: string | null;
  user_name: string | null;
  data: Record<string, unknown>;
}

export interface ThreadItem {
  key: string;
  at: string;
  conversation_id: number;
  kind: "event" | "message";
  message?: MessageView | null;
  event?: ThreadEvent | null;
}

export interface ThreadPage {
  items: ThreadItem[];
  next_before: string | null;
}

export interface Token {
  id: number;
  user_id: number;
  name: string;
  scopes: string[];
  created_at: string;
  used_at: string | null;
}

export interface TokenDraft {
  name: string;
  scopes?: Scope[];
  user_id?: number | null;
}

export interface TokenPage {
  items: Token[];
  next_cursor: string | null;
}

export interface TransferOrder {
  queue_id?: number | null;
  agent_id?: number | null;
  note?: string | null;
}

export interface UploadForm {
  file: string;
}

export interface User {
  id: number;
  email: string;
  name: string;
  role: string;
  capacity_units: number;
  active: boolean;
  created_at: string;
}

export interface UserChanges {
  email?: string;
  name?: string;
  role?: "administrator" | "agent" | "supervisor";
  password?: string;
  capacity_units?: number;
  active?: boolean;
}

export interface UserDraft {
  email: string;
  name: string;
  role: "administrator" | "agent" | "supervisor";
  password?: string | null;
  capacity_units?: number;
  active?: boolean;
}

export interface UserPage {
  items: User[];
  next_cursor: string | null;
}

export interface Webhooks {
  tallies: Tally[];
  last_accepted_at: string | null;
}

export interface Workstream {
  id: number;
  name: string;
  mode: string;
  queue_id: number;
  offer_seconds: number;
  auto_accept: boolean;
  decline_limit: number;
  units: number;
  affinity: boolean;
  affinity_grace_seconds: number;
  wrap_up_capacity: string;
  wrap_up_seconds: number;
  reopen_seconds: number;
  agent_lost_rule: string;
  auto_close_open_seconds: number;
  auto_close_active_seconds: number;
  auto_close_waiting_seconds: number;
  auto_close_wrap_up_seconds: number;
  created_at: string;
}

export interface WorkstreamChanges {
  name?: string;
  queue_id?: number;
  mode?: "pick" | "push";
  offer_seconds?: number;
  auto_accept?: boolean;
  decline_limit?: number;
  units?: number;
  affinity?: boolean;
  affinity_grace_seconds?: number;
  wrap_up_capacity?: "always" | "for_seconds" | "never";
  wrap_up_seconds?: number;
  reopen_seconds?: number;
  agent_lost_rule?: "return_to_queue" | "stay";
  auto_close_open_seconds?: number;
  auto_close_active_seconds?: number;
  auto_close_waiting_seconds?: number;
  auto_close_wrap_up_seconds?: number;
}

export interface WorkstreamDraft {
  name: string;
  queue_id: number;
  mode?: "pick" | "push";
  offer_seconds?: number;
  auto_accept?: boolean;
  decline_limit?: number;
  units?: number;
  affinity?: boolean;
  affinity_grace_seconds?: number;
  wrap_up_capacity?: "always" | "for_seconds" | "never";
  wrap_up_seconds?: number;
  reopen_seconds?: number;
  agent_lost_rule?: "return_to_queue" | "stay";
  auto_close_open_seconds?: number;
  auto_close_active_seconds?: number;
  auto_close_waiting_seconds?: number;
  auto_close_wrap_up_seconds?: number;
}

export interface WorkstreamPage {
  items: Workstream[];
  next_cursor: string | null;
}
