/** Made by `make types` from openapi.json. Do not edit. */

export interface AccountChanges {
  name?: string;
  credentials?: Record<string, string | null>;
  api_base_url?: string;
  signature_mode?: "enforce" | "observe";
  active?: boolean;
  keep_raw_days?: number;
  monthly_budget?: number | null;
  currency?: string;
}

export interface AccountDraft {
  provider: string;
  name: string;
  credentials: Record<string, string>;
  api_base_url?: string | null;
  signature_mode?: "enforce" | "observe";
  active?: boolean;
  keep_raw_days?: number;
  monthly_budget?: number | null;
  currency?: string;
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
  keep_raw_days: number;
  monthly_budget: number | null;
  currency: string;
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

export interface Answer {
  words?: string[];
  when?: string | null;
  next?: string | null;
}

export interface AreaCode {
  about: "area_code";
  any_of: string[];
  is_not?: boolean;
}

export interface Audience {
  id: number;
  name: string;
  kind: "filter" | "list";
  state: "failed" | "importing" | "ready" | "uploaded";
  archived: boolean;
  filter: Filter | null;
  layout: Layout | null;
  mapping: Mapping | null;
  bytes: number;
  bytes_done: number;
  lines: number;
  members: number;
  duplicates: number;
  problems: number;
  notes: number;
  created_by: number | null;
  created_at: string;
  ready_at: string | null;
}

export interface AudienceChanges {
  name?: string;
  archived?: boolean;
}

export interface AudienceFile {
  file: string;
}

export interface AudienceMember {
  place: number;
  phone: string;
  locale: string | null;
  values: Record<string, string>;
}

export interface AudiencePage {
  items: Audience[];
  next_cursor: string | null;
}

export interface AudienceProblem {
  id: number;
  line: number;
  column: string;
  kind: "duplicate" | "note" | "problem";
  value: string;
  sentence: string;
}

export interface Automated {
  kind: "automated";
  event?: string;
  when?: string | null;
}

export interface AutomatedMessage {
  trigger: Trigger;
  number_id: number | null;
  active: boolean;
  saved: boolean;
  wordings: Wording[];
  placeholders: Placeholder[];
}

export interface AutomatedMessages {
  items: AutomatedMessage[];
  part_price: PartPriceView | null;
}

export interface AwaitReply {
  kind: "await_reply";
  title?: string;
  at?: unknown[];
  seconds: number;
  answers?: Answer[];
  next?: string | null;
  silent?: string | null;
}

export interface Begun {
  run_id: number | null;
  problem?: string;
}

export interface BegunRuns {
  items: Begun[];
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

export interface Branch {
  kind: "branch";
  title?: string;
  at?: unknown[];
  cases: Case[];
  otherwise?: string | null;
}

export interface Brand {
  id: number;
  name: string;
  number_ids: number[];
}

export interface BrandChanges {
  name?: string;
  number_ids?: number[];
}

export interface BrandDraft {
  name: string;
  number_ids?: number[];
}

export interface Brands {
  items: Brand[];
}

export interface Calendar {
  id: number;
  name: string;
  time_zone: string;
  week: Week;
  special_days: SpecialDay[];
  holidays: HolidayChoice | null;
  now: HoursNow;
  created_at: string;
}

export interface CalendarChanges {
  name?: string;
  time_zone?: string;
  week?: Week;
  special_days?: SpecialDay[];
  holidays?: HolidayChoice | null;
}

export interface CalendarDraft {
  time_zone: string;
  week?: Week;
  special_days?: SpecialDay[];
  holidays?: HolidayChoice | null;
  name: string;
}

export interface CalendarPage {
  items: Calendar[];
  next_cursor: string | null;
}

export interface Call {
  kind: "call";
  title?: string;
  at?: unknown[];
  method?: "DELETE" | "GET" | "PATCH" | "POST" | "PUT";
  url: string;
  body?: Record<string, string>;
  save_as?: string;
  next?: string | null;
  failed?: string | null;
}

export interface CallAddressChange {
  call_address: string;
}

export interface CallPage {
  items: CallView[];
  next_cursor: string | null;
}

export interface CallView {
  id: number;
  conversation_id: number | null;
  contact_id: number | null;
  direction: "inbound" | "outbound";
  status:
    | "answered"
    | "busy"
    | "completed"
    | "declined"
    | "failed"
    | "missed"
    | "placing"
    | "ringing"
    | "unclear";
  status_rank: number;
  handled: "" | "forward" | "greeting" | "text_thread";
  number: string;
  phone: string;
  agent_id: number | null;
  agent_name: string | null;
  trouble: string;
  started_at: string;
  answered_at: string | null;
  ended_at: string | null;
  duration_seconds: number | null;
  text_back_id: number | null;
}

export interface CallbackAddresses {
  message: string;
  status: string;
  voice: string;
}

export interface Called {
  kind: "webhook";
  phone?: string;
  key?: string | null;
  when?: string | null;
}

export interface Calling {
  allowed: boolean;
  rings?: string | null;
  reason?: string | null;
  sentence?: string | null;
}

export interface Campaign {
  id: number;
  name: string;
  audience_id: number;
  audience_name: string;
  purpose: string;
  state: State;
  state_reason: string;
  edition: number;
  send_at: string | null;
  pace_by_agents: boolean;
  reply_share: number;
  filtered_limit: number;
  opt_out_limit: number;
  failed_limit: number;
  watch_after: number;
  number_ids: number[];
  variants: CampaignVariant[];
  numbers: CampaignNumber[];
  recipients: number;
  waiting: number;
  queued: number;
  refused: number;
  stopped: number;
  parts: number;
  started_by: number | null;
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
}

export interface CampaignChanges {
  name?: string;
  audience_id?: number;
  number_ids?: number[];
  variants?: CampaignWords[];
  send_at?: string | null;
  pace_by_agents?: boolean;
  reply_share?: number;
  filtered_limit?: number;
  opt_out_limit?: number;
  failed_limit?: number;
  watch_after?: number;
}

export interface CampaignDraft {
  name: string;
  audience_id: number;
  number_ids: number[];
  variants: CampaignWords[];
  send_at?: string | null;
  pace_by_agents?: boolean;
  reply_share?: number;
  filtered_limit?: number;
  opt_out_limit?: number;
  failed_limit?: number;
  watch_after?: number;
}

export interface CampaignNumber {
  number_id: number;
  recipients?: number;
  queued?: number;
  refused?: number;
  stopped?: number;
  parts?: number;
}

export interface CampaignPage {
  items: Campaign[];
  next_cursor: string | null;
}

export interface CampaignPreview {
  state: "asked" | "done" | "failed" | "running";
  current: boolean;
  total: number;
  reached: number;
  result: PreviewResult | null;
}

export interface CampaignRecipient {
  place: number;
  phone: string;
  number_id: number;
  locale: string | null;
  values: Record<string, string>;
  outcome: "delivered" | "failed" | "on_the_way" | "refused" | "stopped" | "unclear" | "waiting";
  variant: number | null;
  due_at: string;
  message_id: number | null;
  conversation_id: number | null;
  settled_at: string | null;
  delivered_at: string | null;
  parts: number | null;
  error_code: string | null;
  reason: string;
  rule: string;
  sentence: string;
  replied: boolean;
  opted_out: boolean;
}

export interface CampaignRecipientPage {
  items: CampaignRecipient[];
  next_cursor: string | null;
}

export interface CampaignResults {
  items: OutcomeCount[];
  counted_at: string;
}

export interface CampaignTest {
  to: string;
  variant?: number;
  values?: Record<string, string> | null;
  locale?: string | null;
}

export interface CampaignTestResult {
  result: "queued" | "refused";
  message_id: number;
  sentence?: string;
}

export interface CampaignTime {
  send_at: string;
}

export interface CampaignVariant {
  template_id: number;
  share: number;
  version?: number | null;
  name?: string;
}

export interface CampaignWords {
  template_id: number;
  share?: number;
}

export interface Case {
  when: string;
  next?: string | null;
}

export interface Check {
  name: string;
  ok: boolean | null;
  evidence: string;
  fix?: string;
  entries?: Entry[];
}

export interface CheckedSend {
  to: string;
  phone: string | null;
  sending: Sending;
}

export interface CheckedSends {
  items: CheckedSend[];
}

export interface Checks {
  checks: Check[];
}

export interface Chosen {
  message_ids: number[];
}

export interface CloseOrder {
  disposition?: string | null;
  note?: string | null;
}

export interface Column {
  name: string;
  use: "ignored" | "locale" | "phone" | "value";
  slot: string;
}

export interface ColumnChoice {
  phone: number;
  locale?: number | null;
  values?: Record<string, number>;
  region?: string;
}

export interface ConsentDraft {
  phone: string;
  choice: "opt_in" | "opt_out";
  words: string;
  number_id?: number | null;
  brand_id?: number | null;
  purpose?: "all" | "conversation" | "informational" | "promotional";
  at?: string | null;
  source?: "agent" | "api" | "form" | null;
  proof?: Proof;
}

export interface ConsentEntry {
  id: number;
  phone: string;
  number_id: number | null;
  number: string | null;
  brand_id: number | null;
  brand: string | null;
  purpose: string;
  choice: string;
  source: string;
  words: string;
  proof: Record<string, string>;
  message_id: number | null;
  user_id: number | null;
  user_name: string | null;
  at: string;
  recorded_at: string;
  confirm_until: string | null;
}

export interface ConsentFile {
  file: string;
}

export interface ConsentPage {
  items: ConsentEntry[];
  next_cursor: string | null;
}

export interface ConsentRequest {
  phone: string;
  number_id: number;
  words: string;
  purpose?: "informational" | "promotional";
  language?: "en" | "es" | "fr";
  proof?: Proof;
}

export interface ConsentStates {
  items: PurposeState[];
}

export interface Consented {
  about: "consent";
  purpose: "conversation" | "informational" | "promotional";
}

export interface Contact {
  id: number;
  name: string;
  phones: string[];
  language: string | null;
  time_zone: string | null;
  attributes: Record<string, unknown>;
  tags: string[];
  created_at: string;
  erased_at: string | null;
}

export interface ContactChanges {
  phones?: string[];
  name?: string;
  language?: string | null;
  time_zone?: string | null;
  attributes?: Record<string, string | number | boolean | null>;
  tags?: string[];
}

export interface ContactDetail {
  id: number;
  name: string;
  phones: string[];
  language: string | null;
  time_zone: string | null;
  attributes: Record<string, unknown>;
  tags: string[];
  created_at: string;
  erased_at: string | null;
  conversations: PastConversation[];
  calls: CallView[];
  consent: ConsentEntry[];
  blocked: boolean;
}

export interface ContactDraft {
  phones: string[];
  name?: string;
  language?: string | null;
  time_zone?: string | null;
  attributes?: Record<string, string | number | boolean | null>;
  tags?: string[];
}

export interface ContactFacts {
  name?: string;
  language?: string | null;
  time_zone?: string | null;
  attributes?: Record<string, string | number | boolean | null>;
  tags?: string[];
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
  survey_score: number | null;
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
  survey_score: number | null;
  capabilities: string[];
  opted_out: boolean;
}

export interface Country {
  about: "country";
  any_of: string[];
  is_not?: boolean;
}

export interface Covered {
  text: string;
}

export interface CredentialView {
  name: string;
  label: string;
  help: string;
  required: boolean;
  secret: boolean;
  generated: boolean;
  folded: boolean;
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

export interface Definition {
  trigger: Automated | Called | Instant | Scheduled | OnDate;
  first: string;
  steps: Record<
    string,
    Send | Wait | AwaitReply | Branch | Split | SetFields | StartFlow | Call | HandOver | End
  >;
  again?: "after_end" | "always" | "never";
}

export interface DeliveryPage {
  items: WebhookDelivery[];
  next_cursor: string | null;
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

export interface Diary {
  items: DiaryLine[];
}

export interface DiaryLine {
  place: number;
  step: string;
  kind: string;
  what: string;
  message_id: number | null;
  at: string;
}

export type Encoding = "UTF-16" | "UTF-8" | "Windows-1252";

export interface End {
  kind: "end";
  title?: string;
  at?: unknown[];
  outcome?: string;
}

export interface Entry {
  field: string;
  value: string;
}

export interface Erased {
  contact_id: number;
  erased_at: string;
  removed: Record<string, number>;
  opt_outs_kept: number;
}

export interface ErasureOrder {
  phone: string;
  keep_proof?: boolean;
}

export interface EventPage {
  items: EventView[];
  next_cursor: string | null;
}

export type EventType =
  | "campaign.done"
  | "campaign.paused"
  | "campaign.running"
  | "campaign.started"
  | "campaign.stopped"
  | "consent.opted_in"
  | "consent.opted_out"
  | "contact.changed"
  | "contact.erased"
  | "conversation.assigned"
  | "conversation.closed"
  | "conversation.opened"
  | "message.delivered"
  | "message.failed"
  | "message.received"
  | "message.sent"
  | "outbound_message.settled"
  | "test";

export interface EventTypeView {
  type: EventType;
  title: string;
}

export interface EventTypes {
  items: EventTypeView[];
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

export interface Exchanged {
  about: "last_text";
  direction: "inbound" | "outbound";
  when: "before" | "never" | "since";
  at?: string | null;
}

export interface FailedPage {
  items: FailedText[];
  next_cursor: string | null;
}

export interface FailedTest {
  test: string;
  sentence: string;
  count: number;
  agents: DecisionAgent[];
}

export interface FailedText {
  message_id: number;
  conversation_id: number;
  customer_phone: string;
  contact_name: string;
  number_id: number;
  number: string;
  provider_account_id: number;
  account: string;
  body: string;
  status: string;
  error_code: string | null;
  error_class: string | null;
  error_sentence: string | null;
  author_name: string | null;
  created_at: string;
}

export type FailureClass =
  | "invalid_recipient"
  | "opted_out"
  | "throttled"
  | "filtered"
  | "unreachable"
  | "unclear"
  | "content"
  | "sender"
  | "account"
  | "registration"
  | "media"
  | "provider_trouble"
  | "expired"
  | "unknown";

export interface FieldError {
  field: string;
  problem: string;
  way_out: string;
}

export interface Filter {
  all_of: (Tagged | Speaks | AreaCode | Country | Exchanged | Consented | TextedBy)[];
}

export interface FilterDraft {
  name: string;
  filter: Filter;
}

export interface FilterPreview {
  members: number;
  sample: AudienceMember[];
}

export interface FilterWish {
  filter: Filter;
}

export interface Finding {
  name: string;
  ok: boolean | null;
  evidence: string;
  fix?: string;
}

export interface Findings {
  number_id: number | null;
  checks: Finding[];
  checked_at: string;
}

export interface Flow {
  id: number;
  name: string;
  number_id: number;
  draft: Definition;
  active: boolean;
  archived: boolean;
  version: number | null;
  created_at: string;
  published: Definition | null;
  under_way: number;
  next_at: string | null;
}

export interface FlowAddress {
  url: string;
}

export interface FlowChanges {
  name?: string;
  number_id?: number;
  draft?: Definition;
  active?: boolean;
  archived?: boolean;
}

export interface FlowDraft {
  name: string;
  number_id: number;
  draft: Definition;
}

export interface FlowOccurrence {
  id: number;
  version: number;
  at: string;
  state: string;
  skipped: number;
  began: number;
  ended_at: string | null;
  tag: string | null;
  audience_id: number | null;
  audience_name: string | null;
}

export interface FlowPage {
  items: Flow[];
  next_cursor: string | null;
}

export interface FlowRun {
  id: number;
  flow_id: number;
  version: number;
  contact_id: number;
  contact_name: string;
  phone: string;
  state: string;
  step: string | null;
  resume_at: string | null;
  outcome: string | null;
  problem: string;
  began_at: string;
  ended_at: string | null;
}

export interface FlowTrial {
  draft: Definition;
  number_id: number;
  contact_id?: number | null;
  facts?: Record<string, unknown>;
  replies?: (string | null)[];
  answers?: GivenAnswer[];
}

export interface FlowTrialLine {
  at: string;
  step: string;
  kind: string;
  what: string;
  text?: string | null;
}

export interface FlowTrialResult {
  lines: FlowTrialLine[];
  state: string;
  step: string | null;
  outcome: string | null;
  problem: string;
}

export interface GivenAnswer {
  status?: number | null;
  body?: unknown;
}

export interface GivenConsent {
  words: string;
  at: string;
  proof?: Proof;
}

export interface HandOver {
  kind: "hand_over";
  title?: string;
  at?: unknown[];
  queue_id: number;
  note?: string;
  next?: string | null;
}

export interface HoldReason {
  reason: string;
}

export interface HolidayChoice {
  country: string;
  subdivision?: string | null;
  names?: string[] | null;
}

export interface HolidayDate {
  date: string;
  name: string;
}

export interface HolidayDates {
  items: HolidayDate[];
}

export interface HoursNow {
  state: "closed" | "holiday" | "open";
  name: string;
  until: string | null;
}

export interface ImportedConsent {
  recorded: number;
  bad: number;
  problems: LineProblem[];
}

export interface Instant {
  kind: "instant";
}

export interface ItemResult {
  place: number;
  result: "invalid" | "queued" | "refused" | "waits";
  id?: number | null;
  key?: string | null;
  message_id?: number | null;
  due_at?: string | null;
  field?: string;
  reason?: string;
  rule?: string;
  sentence?: string;
  repeated?: boolean;
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

export interface Layout {
  encoding: Encoding;
  separator: string;
  heading: boolean;
  columns: Column[];
  rows: string[][];
}

export interface LeftTexts {
  left: number;
}

export interface LegalHold {
  id: number;
  contact_id: number;
  reason: string;
  set_at: string;
  set_by: string | null;
  release_reason: string;
  released_at: string | null;
  released_by: string | null;
}

export interface LegalHolds {
  items: LegalHold[];
}

export interface LimitChanges {
  fallback_language?: string;
  most_an_hour?: number;
  most_a_day?: number;
}

export interface Limits {
  fallback_language: string;
  most_an_hour: number;
  most_a_day: number;
}

export interface LineProblem {
  line: number;
  field: string;
  problem: string;
  way_out: string;
}

export interface MadeTrigger {
  id: number;
  type: EventType;
}

export interface ManyWish {
  tag?: string | null;
  audience_id?: number | null;
}

export interface Mapping {
  phone: number;
  locale?: number | null;
  values?: Record<string, number>;
  region?: string;
}

export interface MaskChanges {
  name?: string;
  kind?: "card" | "email" | "pattern" | "ssn";
  pattern?: string;
  applies?: "display" | "storage";
  active?: boolean;
}

export interface MaskDraft {
  name: string;
  kind: "card" | "email" | "pattern" | "ssn";
  pattern?: string;
  applies?: "display" | "storage";
  active?: boolean;
}

export interface MaskRule {
  id: number;
  name: string;
  kind: "card" | "email" | "pattern" | "ssn";
  pattern: string;
  applies: "display" | "storage";
  active: boolean;
}

export interface MaskRules {
  items: MaskRule[];
}

export interface MaskTrial {
  text: string;
  kind?: "card" | "email" | "pattern" | "ssn" | null;
  pattern?: string;
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

export interface MediaPolicy {
  receive?: ("audio" | "file" | "image" | "video")[];
  send?: boolean;
}

export interface MediaView {
  id: number;
  content_type: string;
  file_name: string | null;
  size: number | null;
  state: "failed" | "pending" | "refused" | "stored";
  problem: string | null;
}

export interface MemberPage {
  items: AudienceMember[];
  next_cursor: string | null;
}

export interface Members {
  user_ids: number[];
}

export interface MessageChange {
  active: boolean;
  texts: Record<string, string>;
}

export interface MessagePage {
  items: MessageView[];
  next_cursor: string | null;
}

export interface MessageTemplate {
  id: number;
  name: string;
  purpose: string;
  archived: boolean;
  created_at: string;
  approved: TemplateVersion | null;
  draft: TemplateVersion | null;
}

export interface MessageView {
  id: number;
  conversation_id: number;
  seq: number;
  kind: "inbound" | "note" | "outbound";
  origin: "agent" | "api" | "automated" | "campaign" | "customer" | "flow";
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
  dealt: "left" | "resent" | null;
  sent_from: string | null;
  detour: "failed" | "held_back" | null;
  failed_number: string | null;
  failed_account: string | null;
  due_at?: string | null;
  exemptions?: string[];
  sent_for?: SentFor | null;
  opt_out?: OptOutMark | null;
  removed_at?: string | null;
  masked?: boolean;
  media?: MediaView[];
}

export interface Moved {
  done: number[];
  too_late: number[];
}

export interface NewFlow {
  id: number;
  name: string;
  number_id: number;
  draft: Definition;
  active: boolean;
  archived: boolean;
  version: number | null;
  created_at: string;
  published: Definition | null;
  under_way: number;
  next_at: string | null;
  secret: string;
}

export interface NewText {
  number_id: number;
  to: string;
  body: string;
  about?: "informational" | "promotional";
  media_ids?: number[];
  send_at?: string | null;
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

export interface NewWebhook {
  id: number;
  url: string;
  description: string;
  types: string[];
  active: boolean;
  off_reason: string;
  failing_since: string | null;
  created_at: string;
  waiting: number;
  secret: string;
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
  daily_cap: number | null;
  weekly_cap: number | null;
  monthly_cap: number | null;
  price_per_part: number | null;
  monthly_budget: number | null;
  brand_id: number | null;
  calendar_id: number | null;
  active: boolean;
  created_at: string;
  voice?: VoiceView;
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
  daily_cap?: number | null;
  weekly_cap?: number | null;
  monthly_cap?: number | null;
  price_per_part?: number | null;
  monthly_budget?: number | null;
  calendar_id?: number | null;
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
  daily_cap?: number | null;
  weekly_cap?: number | null;
  monthly_cap?: number | null;
  price_per_part?: number | null;
  monthly_budget?: number | null;
  calendar_id?: number | null;
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

export interface NumberVoiceSet {
  number: Number;
  checks: Check[];
}

export interface OccurrencePage {
  items: FlowOccurrence[];
  next_cursor: string | null;
}

export interface Offer {
  items: OfferedNumber[];
  gone: number[];
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

export interface OfferedNumber {
  address: string;
  type: string;
  capabilities: string[];
  country: string;
  provider_number_id: string | null;
  messaging_service_id: string | null;
  sms_url: string | null;
  voice_url: string | null;
  destinations: string[];
  refusal: string | null;
  way_out: string | null;
  number_id: number | null;
  points_here: boolean | null;
}

export interface OnDate {
  kind: "on_date";
  attribute: string;
  time_of_day: string;
  zone: string;
  days?: number;
  yearly?: boolean;
  tag?: string;
  when?: string | null;
}

export interface OpenBreaker {
  provider_account_id: number;
  number_id: number | null;
  reason: string;
  opened_at: string;
  retry_at: string;
  waiting: number;
}

export interface OpenSpan {
  opens: string;
  closes: string;
}

export interface OptOutMark {
  start: number;
  end: number;
}

export interface OutboundChoice {
  ids?: number[];
  configuration_id?: number | null;
}

export interface OutboundConfiguration {
  id: number;
  name: string;
  template_id: number;
  purpose: string;
  number_ids: number[];
  show_in_timeline: boolean;
  active: boolean;
  created_at: string;
}

export interface OutboundConfigurationChanges {
  name?: string;
  number_ids?: number[];
  template_id?: number;
  show_in_timeline?: boolean;
  active?: boolean;
}

export interface OutboundConfigurationDraft {
  name: string;
  number_ids: number[];
  template_id: number;
  show_in_timeline?: boolean;
}

export interface OutboundConfigurationPage {
  items: OutboundConfiguration[];
  next_cursor: string | null;
}

export interface OutboundItem {
  tocontactid?: string;
  optin?: boolean | null;
  locale?: string | null;
  contextitems?: Record<string, string | number | boolean | null>;
  key?: string | null;
  consent?: GivenConsent | null;
}

export interface OutboundMessage {
  id: number;
  configuration_id: number;
  key: string | null;
  phone: string;
  contact_id: number | null;
  message_id: number | null;
  regardingobjectid: string;
  entityrelationshipname: string;
  result: string;
  reason: string;
  rule: string;
  sentence: string;
  status: string | null;
  due_at: string | null;
  sent_at: string | null;
  delivered_at: string | null;
  error_code: string | null;
  error_class: string | null;
  error_sentence: string | null;
  conversation_id: number | null;
  created_at: string;
}

export interface OutboundMove {
  ids?: number[];
  configuration_id?: number | null;
  send_at?: string | null;
}

export interface OutboundOrder {
  configuration_id: number;
  items: OutboundItem[];
  send_at?: string | null;
}

export interface OutboundOutcome {
  items: ItemResult[];
}

export interface OutboundPage {
  items: OutboundMessage[];
  next_cursor: string | null;
}

export interface OutcomeCount {
  variant: number | null;
  outcome: "delivered" | "failed" | "on_the_way" | "refused" | "stopped" | "unclear" | "waiting";
  reason: string;
  recipients: number;
  replied: number;
  opted_out: number;
  parts: number;
}

export interface PartPriceView {
  amount: string;
  currency: string;
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

export interface PhraseAnswer {
  record: boolean;
}

export interface Place {
  country: string;
  subdivisions: string[];
}

export interface Placeholder {
  name: string;
  sample: string;
  samples: Record<string, string>;
}

export interface Places {
  items: Place[];
}

export interface PresenceOrder {
  presence: "available" | "away" | "busy" | "do_not_disturb" | "offline";
}

export interface Preview {
  contact_id: number | null;
  locale: string;
  body: string | null;
  parts: number;
  encoding: string | null;
  problems: PreviewProblem[];
}

export interface PreviewOfNumber {
  number_id: number;
  texts: number;
  refused: number;
  parts: number;
  price: string | null;
  parts_per_second: number;
  finish_at: string | null;
  currency?: string;
}

export interface PreviewOfVariant {
  template_id: number;
  texts: number;
  refused: number;
  parts: number;
}

export interface PreviewPrice {
  amount: string;
  currency: string;
}

export interface PreviewProblem {
  slot: string;
  problem: string;
  way_out: string;
}

export interface PreviewReason {
  reason: string;
  rule: string;
  sentence: string;
  recipients: number;
  later: boolean;
}

export interface PreviewResult {
  recipients: number;
  texts: number;
  later: number;
  refused: number;
  parts: number;
  finish_at: string | null;
  reasons: PreviewReason[];
  numbers: PreviewOfNumber[];
  variants: PreviewOfVariant[];
  prices?: PreviewPrice[] | null;
}

export interface PreviewWish {
  contact_ids?: number[];
  locale?: string | null;
  values?: Record<string, string>;
  draft?: boolean;
}

export interface Previews {
  items: Preview[];
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

export interface ProblemPage {
  items: AudienceProblem[];
  next_cursor: string | null;
}

export interface Proof {
  url?: string;
  file?: string;
  ip?: string;
  note?: string;
}

export interface ProviderView {
  name: string;
  label: string;
  api_base_url: string | null;
  api_example: string;
  media: boolean;
  listed_types: string[];
  sets_callbacks: boolean;
  https_only: boolean;
  voice: boolean;
  sip: boolean;
  credentials: CredentialView[];
}

export interface Providers {
  items: ProviderView[];
}

export interface PurposeState {
  purpose: string;
  standing: string;
  sentence: string;
  entry_id: number | null;
}

export interface Queue {
  id: number;
  name: string;
  priority_group: number;
  assignment_method: string;
  service_level_seconds: number;
  calendar_id: number | null;
  members: number[];
  created_at: string;
}

export interface QueueChanges {
  name?: string;
  priority_group?: number;
  assignment_method?: "highest_capacity" | "least_active" | "round_robin";
  service_level_seconds?: number;
  calendar_id?: number | null;
  members?: number[];
}

export interface QueueDraft {
  name: string;
  priority_group?: number;
  assignment_method?: "highest_capacity" | "least_active" | "round_robin";
  service_level_seconds?: number;
  calendar_id?: number | null;
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

export interface RawExchanges {
  items: RawView[];
}

export interface RawView {
  kind: "report" | "send";
  at: string;
  method: string;
  address: string;
  request: string;
  status: number | null;
  answer: string;
}

export interface RawWebhook {
  method: string;
  address: string;
  headers: Record<string, string>;
  body: string;
}

export interface Registration {
  status?: string;
  reference?: string;
  rejection_reason?: string;
  brand_kind?: string | null;
  trust_score?: number | null;
  details?: Record<string, unknown>;
  override_reason?: string;
  override_by?: number | null;
  checked_at?: string | null;
}

export interface RegistrationChanges {
  status?: "approved" | "pending" | "rejected" | "unknown" | "unregistered";
  reference?: string;
  rejection_reason?: string;
  brand_kind?: "low_volume" | "sole_proprietor" | "standard" | null;
  trust_score?: number | null;
  details?: Record<string, unknown>;
  override_reason?: string;
}

export interface Removed {
  texts?: number;
  files?: number;
  events?: number;
  recipients?: number;
}

export interface Results {
  outcomes: Record<string, number>;
}

export interface Retention {
  texts_days: number | null;
  files_days: number | null;
  events_days: number | null;
}

export interface RetentionChanges {
  texts_days?: number | null;
  files_days?: number | null;
  events_days?: number | null;
}

export interface RetentionPreview {
  would_remove: Removed;
  contacts_on_hold: number;
}

export interface Retried {
  message_id: number;
  sent_as: number | null;
  problem: string | null;
}

export interface RetriedTexts {
  items: Retried[];
}

export interface Revealed {
  body: string;
}

export interface RoundTrip {
  message: MessageView;
  answered_at: string | null;
}

export interface RunPage {
  items: FlowRun[];
  next_cursor: string | null;
}

export interface RunWish {
  contact_id?: number | null;
  phone?: string | null;
  facts?: Record<string, unknown>;
  key?: string | null;
}

export interface Scheduled {
  kind: "scheduled";
  begins: string;
  zone: string;
  tag?: string;
  repeats?: string | null;
  when?: string | null;
  audience_id?: number | null;
}

export type Scope = "admin" | "messages:send" | "read" | "write";

export interface Send {
  kind: "send";
  title?: string;
  at?: unknown[];
  template_id: number;
  values?: Record<string, string>;
  number_id?: number | null;
  next?: string | null;
  refused?: string | null;
}

export interface SendCheck {
  number_id: number;
  to: string[];
  about?: "conversation" | "informational" | "promotional";
  purpose?: "automated" | "proactive";
  body?: string;
  media_count?: number;
  subject?: string;
  at?: string | null;
}

export interface Sending {
  allowed: boolean;
  reason?: string | null;
  sentence?: string | null;
  until?: string | null;
  rule?: string | null;
  source?: string | null;
  exemptions?: string[];
  media?: string | null;
}

export interface SendingRules {
  courtesy_hours: boolean;
  own_cap_texts: number | null;
  own_cap_hours: number;
  confirm_days: number;
  spam_texts: number | null;
  spam_minutes: number;
}

export interface SendingRulesChanges {
  courtesy_hours?: boolean;
  own_cap_texts?: number | null;
  own_cap_hours?: number;
  confirm_days?: number;
  spam_texts?: number | null;
  spam_minutes?: number;
}

export interface SentFor {
  kind: "campaign" | "configuration" | "flow";
  id: number;
  name: string;
  shown: boolean;
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
  call_address?: string;
}

export interface SetFields {
  kind: "set";
  title?: string;
  at?: unknown[];
  attributes?: Record<string, string>;
  add_tags?: string[];
  remove_tags?: string[];
  next?: string | null;
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

export interface SlotDraft {
  name: string;
  kind: SlotKind;
  sample: string;
}

export type SlotKind = "date" | "link" | "money" | "number" | "text" | "time";

export interface SnoozeOrder {
  until: string;
}

export interface Span {
  accepted: number;
  refused: number;
  observed: number;
  malformed: number;
  repeated: number;
  retried: number;
  handling: Times | null;
  travel: Times | null;
}

export interface Speaks {
  about: "language";
  any_of: string[];
  is_not?: boolean;
}

export interface SpecialDay {
  first: string;
  name: string;
  last?: string | null;
  spans?: OpenSpan[];
  holiday?: boolean;
}

export interface Split {
  kind: "split";
  title?: string;
  at?: unknown[];
  ways: Way[];
}

export interface Standing {
  number_id: number;
  kind: string | null;
  registration: Registration;
  refusal: string | null;
  usage: Usage[];
}

export interface Standings {
  items: Standing[];
}

export interface StartFlow {
  kind: "start_flow";
  title?: string;
  at?: unknown[];
  flow_id: number;
  next?: string | null;
}

export interface StartedConversation {
  conversation: ConversationView;
  message: MessageView;
}

export type State = "done" | "draft" | "paused" | "preparing" | "running" | "scheduled" | "stopped";

export interface Survey {
  active?: boolean;
  questions?: Record<string, string>;
  thanks?: Record<string, string>;
  answer_hours?: number;
}

export interface TagReach {
  contacts: number;
}

export interface Tagged {
  about: "tag";
  any_of: string[];
  is_not?: boolean;
}

export interface Tally {
  door: string;
  outcome: string;
  reason: string;
  hits: number;
  last_at: string;
}

export interface TemplateChanges {
  name?: string;
  purpose?: "conversation" | "informational" | "promotional";
  archived?: boolean;
  default_locale?: string;
  texts?: Record<string, string>;
  slots?: SlotDraft[];
}

export interface TemplateDecision {
  decision: "approved" | "rejected";
  version: number;
  reason?: string;
  written_at?: string | null;
}

export interface TemplateDraft {
  name: string;
  default_locale: string;
  texts: Record<string, string>;
  purpose?: "conversation" | "informational" | "promotional";
  slots?: SlotDraft[];
}

export interface TemplatePage {
  items: MessageTemplate[];
  next_cursor: string | null;
}

export interface TemplateSlot {
  name: string;
  kind: SlotKind;
  sample: string;
}

export interface TemplateVersion {
  version: number;
  default_locale: string;
  texts: Record<string, string>;
  slots: TemplateSlot[];
  state: string;
  reason: string;
  written_by: number | null;
  written_at: string;
  decided_by: number | null;
  decided_at: string | null;
}

export interface TemplateVersions {
  items: TemplateVersion[];
}

export interface TestMessage {
  number_id: number;
  to: string;
  body?: string | null;
}

export interface TextDraft {
  body: string;
  media_ids?: number[];
  send_at?: string | null;
}

export interface TextedBy {
  about: "campaign";
  campaign_id: number;
  is_not?: boolean;
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
  kind: "call" | "event" | "message";
  message?: MessageView | null;
  event?: ThreadEvent | null;
  call?: CallView | null;
}

export interface ThreadPage {
  items: ThreadItem[];
  next_before: string | null;
}

export interface Times {
  half: number;
  most: number;
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

export interface Trial {
  time_zone: string;
  week?: Week;
  special_days?: SpecialDay[];
  holidays?: HolidayChoice | null;
  at?: string | null;
}

export interface TriedCall {
  delivery_id: number;
}

export type Trigger =
  | "agent_assigned"
  | "agent_disconnected"
  | "agent_joined"
  | "agent_left"
  | "conversation_ended"
  | "could_not_be_assigned"
  | "greeting"
  | "holiday"
  | "next_in_line"
  | "out_of_hours"
  | "position_in_queue"
  | "session_closed"
  | "transfer_accepted";

export interface TriggerDraft {
  url: string;
}

export interface Trouble {
  breakers: OpenBreaker[];
  failed: number;
  warnings: Warned[];
}

export interface TypedNumber {
  address: string;
}

export interface Upkeep {
  checks: Finding[];
  numbers: Findings[];
  checked_at: string | null;
}

export interface UploadForm {
  file: string;
}

export interface Usage {
  period: string;
  cap: number;
  used: number;
  waiting: number;
  resets_at: string;
  near: boolean;
}

export interface User {
  id: number;
  email: string;
  name: string;
  role: string;
  capacity_units: number;
  active: boolean;
  created_at: string;
  call_address?: string;
  granted?: string[];
}

export interface UserChanges {
  email?: string;
  name?: string;
  role?: "administrator" | "agent" | "supervisor";
  password?: string;
  capacity_units?: number;
  active?: boolean;
  call_address?: string;
  granted?: ("call_customers" | "start_conversation")[];
}

export interface UserDraft {
  email: string;
  name: string;
  role: "administrator" | "agent" | "supervisor";
  password?: string | null;
  capacity_units?: number;
  active?: boolean;
  call_address?: string;
  granted?: ("call_customers" | "start_conversation")[];
}

export interface UserPage {
  items: User[];
  next_cursor: string | null;
}

export interface VoiceDraft {
  behaviour: "forward" | "greeting" | "text_thread" | "untouched";
  words?: string;
  language?: string;
  forward_to?: string;
  text_back?: string;
}

export interface VoiceView {
  behaviour?: "forward" | "greeting" | "text_thread" | "untouched";
  words?: string;
  language?: string;
  forward_to?: string;
  text_back?: string;
  before?: string;
}

export interface Wait {
  kind: "wait";
  title?: string;
  at?: unknown[];
  seconds?: number | null;
  until?: string | null;
  time_of_day?: string | null;
  next?: string | null;
}

export interface Warned {
  kind: "callback" | "cap" | "check";
  provider_account_id: number;
  number_id: number | null;
  sentence: string;
  way_out: string;
}

export interface Way {
  weight: number;
  next?: string | null;
}

export interface WebhookChanges {
  url?: string;
  types?: EventType[];
  description?: string;
  active?: boolean;
}

export interface WebhookDelivery {
  id: number;
  type: string;
  happened_at: string;
  state: string;
  tries: number;
  due_at: string;
  last_status: number | null;
  last_problem: string;
  settled_at: string | null;
}

export interface WebhookDraft {
  url: string;
  types: EventType[];
  description?: string;
  active?: boolean;
}

export interface WebhookHealth {
  tallies: Tally[];
  last_accepted_at: string | null;
  last_at: string | null;
  day: Span;
  month: Span;
  may_enforce: boolean;
}

export interface WebhookPage {
  items: WebhookSubscription[];
  next_cursor: string | null;
}

export interface WebhookSecret {
  secret: string;
}

export interface WebhookSubscription {
  id: number;
  url: string;
  description: string;
  types: string[];
  active: boolean;
  off_reason: string;
  failing_since: string | null;
  created_at: string;
  waiting: number;
}

export interface Week {
  mon?: OpenSpan[];
  tue?: OpenSpan[];
  wed?: OpenSpan[];
  thu?: OpenSpan[];
  fri?: OpenSpan[];
  sat?: OpenSpan[];
  sun?: OpenSpan[];
}

export interface Wishes {
  items: RunWish[];
}

export interface Wording {
  language: string;
  text: string;
  sample: string;
  parts: number;
  encoding: string;
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
  survey: Survey;
  media: MediaPolicy;
  fail_over: boolean;
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
  survey?: Survey;
  media?: MediaPolicy;
  fail_over?: boolean;
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
  survey?: Survey;
  media?: MediaPolicy;
  fail_over?: boolean;
}

export interface WorkstreamPage {
  items: Workstream[];
  next_cursor: string | null;
}
