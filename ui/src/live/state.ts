/** What the live store holds, and the rules that say which list a conversation is in. Pure. */
import type { AgentView, ConversationView, Me, Named, OfferView, ThreadItem } from "../api/types";

export interface Thread {
  items: readonly ThreadItem[];
  nextBefore: string | null;
  /** False until the first page is there; events that arrive before are kept all the same. */
  loaded: boolean;
}

export interface Live {
  cursor: string;
  me: Me;
  conversations: Readonly<Record<number, ConversationView>>;
  offers: Readonly<Record<number, OfferView>>;
  agents: Readonly<Record<number, AgentView>>;
  queues: readonly Named[];
  /** Grows when a breaker opens or closes: what is held back has to be read again. */
  breakerTurns: number;
  numbers: readonly { id: number; address: string; name: string }[];
  /** By contact: the one continuous thread of everything said with them. */
  threads: Readonly<Record<number, Thread>>;
}

export type ListName = "my" | "open" | "closed";

const HELD: ReadonlySet<string> = new Set(["active", "waiting", "wrap_up"]);
const DAY = 24 * 60 * 60 * 1000;

/** The list a conversation stands in for this person, or null when in none. */
export function listOf(conversation: ConversationView, live: Live, now: number): ListName | null {
  const { me } = live;
  if (conversation.agent_id === me.id && HELD.has(conversation.state)) return "my";
  if (conversation.state === "open") {
    const seesAll = me.role !== "agent";
    return seesAll || live.queues.some((queue) => queue.id === conversation.queue_id) ? "open" : null;
  }
  if (conversation.state === "closed" && conversation.agent_id === me.id && conversation.closed_at) {
    return now - Date.parse(conversation.closed_at) < DAY ? "closed" : null;
  }
  return null;
}

const at = (time: string | null): number => (time ? Date.parse(time) : 0);

/** Who has waited longest for us comes first; those who wait for nothing, or are snoozed, follow, newest first. */
function byUrgency(a: ConversationView, b: ConversationView): number {
  const rank = (c: ConversationView): number => {
    if (c.state === "wrap_up") return 2;
    return c.waiting_since && !c.wake_at ? 0 : 1; // who is snoozed shall not press
  };
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (rank(a) === 0) return at(a.waiting_since) - at(b.waiting_since) || a.id - b.id;
  return at(b.last_message_at) - at(a.last_message_at) || b.id - a.id;
}

const byQueued = (a: ConversationView, b: ConversationView): number =>
  at(a.queued_at) - at(b.queued_at) || a.id - b.id;
const byClosed = (a: ConversationView, b: ConversationView): number =>
  at(b.closed_at) - at(a.closed_at) || b.id - a.id;

export type Lists = Record<ListName, ConversationView[]>;

export function listsOf(live: Live, now: number): Lists {
  const lists: Lists = { my: [], open: [], closed: [] };
  for (const conversation of Object.values(live.conversations)) {
    const name = listOf(conversation, live, now);
    if (name) lists[name].push(conversation);
  }
  lists.my.sort(byUrgency);
  lists.open.sort(byQueued);
  lists.closed.sort(byClosed);
  return lists;
}
