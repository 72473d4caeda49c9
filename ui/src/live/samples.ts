/** Rows for tests: complete, dull, and overridden where a test cares. */
import type {
  CallView,
  ConversationView,
  DeskView,
  MessageView,
  OfferView,
  Role,
  StreamEvent,
} from "../api/types";

const SINCE = "2026-03-03T11:30:00Z";

export function conversation(part: Partial<ConversationView>): ConversationView {
  return {
    id: 1,
    state: "open",
    state_since: SINCE,
    number_id: 1,
    number: "+18885550100",
    number_name: "Support",
    workstream_id: 1,
    workstream: "Support",
    queue_id: 3,
    queue: "Support",
    contact_id: 20,
    contact_name: "Maria Gonzalez",
    customer_phone: "+17875550142",
    country: "PR",
    time_zone: "America/Puerto_Rico",
    language: "es",
    agent_id: null,
    agent_name: null,
    queued_at: SINCE,
    offer_expires_at: null,
    wake_at: null,
    waiting_since: null,
    opened_at: SINCE,
    closed_at: null,
    close_reason: null,
    disposition: null,
    last_message_at: SINCE,
    last_direction: "inbound",
    last_preview: "still not working",
    unread: 0,
    last_seq: 1,
    version: 1,
    survey_score: null,
    capabilities: ["sms", "mms"],
    opted_out: false,
    ...part,
  };
}

export function phoneCall(part: Partial<CallView>): CallView {
  return {
    id: 1,
    conversation_id: 2,
    contact_id: 20,
    direction: "inbound",
    status: "ringing",
    status_rank: 10,
    handled: "text_thread",
    number: "+18885550100",
    phone: "+17875550142",
    agent_id: null,
    agent_name: null,
    trouble: "",
    started_at: SINCE,
    answered_at: null,
    ended_at: null,
    duration_seconds: null,
    text_back_id: null,
    ...part,
  };
}

export function message(part: Partial<MessageView>): MessageView {
  return {
    id: 1,
    conversation_id: 2,
    seq: 1,
    kind: "outbound",
    origin: "agent",
    author_id: 7,
    author_name: "Ana",
    body: "Looking into it for you",
    parts: 1,
    encoding: "gsm_7",
    status: "queued",
    status_rank: 0,
    error_code: null,
    error_class: null,
    error_sentence: null,
    price: null,
    price_currency: null,
    late: false,
    created_at: SINCE,
    sent_at: null,
    delivered_at: null,
    dealt: null,
    sent_from: null,
    detour: null,
    failed_number: null,
    failed_account: null,
    media: [],
    ...part,
  };
}

export function desk(part: Partial<DeskView>, role: Role = "agent"): DeskView {
  return {
    cursor: "10-5",
    me: {
      id: 7,
      name: "Ana",
      email: "ana@example.org",
      role,
      presence: "available",
      presence_since: SINCE,
      connected: true,
      capacity_units: 6,
      used_units: 1,
      permissions: [],
    },
    my: [],
    open: [],
    closed: [],
    offers: [],
    agents: [],
    queues: [{ id: 3, name: "Support" }],
    numbers: [],
    ...part,
  };
}

export function offer(part: Partial<OfferView>): OfferView {
  return {
    id: 50,
    conversation_id: 2,
    agent_id: 7,
    reason: "Longest idle in Support.",
    made_at: SINCE,
    expires_at: SINCE,
    state: "pending",
    conversation: conversation({ id: 2 }),
    ...part,
  };
}

export function event(part: Partial<StreamEvent>): StreamEvent {
  return {
    cursor: "11-1",
    id: 100,
    kind: "ConversationUpdated",
    at: SINCE,
    actor_id: null,
    actor_name: null,
    conversation_id: 2,
    contact_id: null,
    message_id: null,
    user_id: null,
    data: {},
    ...part,
  };
}
