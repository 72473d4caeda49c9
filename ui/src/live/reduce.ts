/** Pure: snapshot + events = state. The rule tested here is the one the whole desktop stands on. */
import type {
  AgentView,
  CallView,
  ConversationView,
  DeskView,
  MessageView,
  OfferView,
  StreamEvent,
  ThreadPage,
} from "../api/types";
import { compareCursors } from "./cursor";
import { type Live, listOf } from "./state";
import { callItem, EMPTY_THREAD, earlierPage, firstPage, messageItem, putEvent, putItem } from "./thread";

const byId = <T extends { id: number }>(rows: readonly T[]): Record<number, T> =>
  Object.fromEntries(rows.map((row) => [row.id, row]));

/** A new snapshot replaces everything but the threads' older pages; those are read again when opened. */
export function fromSnapshot(desk: DeskView): Live {
  return {
    cursor: desk.cursor,
    me: desk.me,
    conversations: byId([...desk.closed, ...desk.open, ...desk.my]),
    offers: byId(desk.offers),
    agents: byId(desk.agents),
    queues: desk.queues,
    numbers: desk.numbers,
    breakerTurns: 0,
    threads: {},
  };
}

export function putConversation(live: Live, come: ConversationView): Live {
  const held = live.conversations[come.id];
  if (held && held.version > come.version) return live;
  return { ...live, conversations: { ...live.conversations, [come.id]: come } };
}

function putAgent(live: Live, agent: AgentView): Live {
  const me = agent.id === live.me.id ? { ...live.me, ...agent } : live.me;
  return { ...live, me, agents: { ...live.agents, [agent.id]: agent } };
}

function putOffer(live: Live, offer: OfferView): Live {
  const offers = { ...live.offers };
  const waits = offer.state === "pending" && offer.agent_id === live.me.id;
  if (waits) offers[offer.id] = offer;
  else delete offers[offer.id];
  return { ...live, offers };
}

/** An offer is over when its conversation is no longer offered to me, whatever event told so. */
function dropOffersOf(live: Live, conversation: ConversationView): Live {
  if (conversation.state === "offered" && conversation.agent_id === live.me.id) return live;
  const left = Object.values(live.offers).filter((offer) => offer.conversation_id !== conversation.id);
  return left.length === Object.keys(live.offers).length ? live : { ...live, offers: byId(left) };
}

function putInThread(live: Live, contactId: number, event: StreamEvent): Live {
  const thread = live.threads[contactId];
  if (!thread) return live;
  const about = event.user_id === null ? undefined : live.agents[event.user_id];
  const next = putEvent(thread, event, about?.name ?? null);
  return next === thread ? live : { ...live, threads: { ...live.threads, [contactId]: next } };
}

const BREAKERS: ReadonlySet<string> = new Set([
  "BreakerOpened",
  "BreakerClosed",
  "ProviderCheckFailed",
  "ProviderCheckMended",
]);

export function applyEvent(live: Live, event: StreamEvent): Live {
  if (compareCursors(event.cursor, live.cursor) <= 0) return live;
  let next: Live = { ...live, cursor: event.cursor };
  if (BREAKERS.has(event.kind)) next.breakerTurns += 1;
  if (event.agent) next = putAgent(next, event.agent);
  if (event.offer) next = putOffer(next, event.offer);
  if (event.conversation) {
    next = putConversation(next, event.conversation);
    next = dropOffersOf(next, next.conversations[event.conversation.id] ?? event.conversation);
  }
  const contactId = event.contact_id ?? event.conversation?.contact_id ?? null;
  return contactId === null ? next : putInThread(next, contactId, event);
}

export type ThreadEdge = "newest" | "earlier";

export function putPage(live: Live, contactId: number, edge: ThreadEdge, page: ThreadPage): Live {
  const thread = live.threads[contactId] ?? EMPTY_THREAD;
  const next = edge === "newest" ? firstPage(thread, page) : earlierPage(thread, page);
  return { ...live, threads: { ...live.threads, [contactId]: next } };
}

const MOST_THREADS = 30;

/** Threads opened before are kept for going back to them, but not a whole day of them. */
export function openThread(live: Live, contactId: number): Live {
  if (live.threads[contactId]) return live;
  const held = Object.keys(live.threads).length < MOST_THREADS ? live.threads : {};
  return { ...live, threads: { ...held, [contactId]: EMPTY_THREAD } };
}

/** A message known from an answer rather than from the stream. */
export function putMessage(live: Live, contactId: number, message: MessageView): Live {
  const thread = live.threads[contactId];
  if (!thread) return live;
  const items = putItem(thread.items, messageItem(message));
  return { ...live, threads: { ...live.threads, [contactId]: { ...thread, items } } };
}

/** A call known from an answer rather than from the stream. */
export function putCall(live: Live, call: CallView): Live {
  const thread = live.threads[call.contact_id ?? 0];
  const item = callItem(call);
  if (!thread || !item || call.contact_id === null) return live;
  const items = putItem(thread.items, item);
  return { ...live, threads: { ...live.threads, [call.contact_id]: { ...thread, items } } };
}

/** Conversations in no list are let go, so that a day of events does not fill the memory. */
export function forgetUnlisted(live: Live, keep: number | null, now: number): Live {
  const kept = Object.values(live.conversations).filter(
    (row) => row.id === keep || row.state === "offered" || listOf(row, live, now) !== null,
  );
  return kept.length === Object.keys(live.conversations).length
    ? live
    : { ...live, conversations: byId(kept) };
}
