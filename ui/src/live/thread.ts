/** Pure upkeep of one contact's thread: put items in their place, never twice. */
import type { CallView, MessageView, StreamEvent, ThreadItem, ThreadPage } from "../api/types";
import type { Thread } from "./state";
import { newerCall, newerMessage } from "./status";

export const EMPTY_THREAD: Thread = { items: [], nextBefore: null, loaded: false };

/** Events shown as a quiet line between the texts; the others only move rows. */
export const SHOWN_EVENTS: ReadonlySet<string> = new Set([
  "ConversationReopened",
  "OfferAccepted",
  "OfferDeclined",
  "OfferTimedOut",
  "ConversationPicked",
  "ConversationLeft",
  "ConversationSnoozed",
  "ConversationWoken",
  "ConversationResumed",
  "ConversationEnded",
  "ConversationClosed",
  "ConversationTransferred",
  "ConversationReturned",
  "ConsentRecorded",
  "SurveyAsked",
  "SurveyAnswered",
]);

const keyOf = (item: ThreadItem): string =>
  item.kind === "message"
    ? `m${item.message.id}`
    : item.kind === "call"
      ? `c${item.call.id}`
      : `e${item.event.id}`;

export const messageItem = (message: MessageView): ThreadItem => ({
  key: `m${message.id}`,
  at: message.created_at,
  conversation_id: message.conversation_id,
  kind: "message",
  message,
});

/** null: the caller withheld who they are, so it stands in no thread. */
export const callItem = (call: CallView): ThreadItem | null =>
  call.conversation_id === null
    ? null
    : {
        key: `c${call.id}`,
        at: call.started_at,
        conversation_id: call.conversation_id,
        kind: "call",
        call,
      };

function itemOf(event: StreamEvent, userName: string | null): ThreadItem | null {
  if (event.call) return callItem(event.call);
  // Consent and scores name the text that gave them; it came with an event of its own.
  if (event.message && !SHOWN_EVENTS.has(event.kind)) return messageItem(event.message);
  if (!SHOWN_EVENTS.has(event.kind) || event.conversation_id === null) return null;
  return {
    key: `e${event.id}`,
    at: event.at,
    conversation_id: event.conversation_id,
    kind: "event",
    event: {
      id: event.id,
      kind: event.kind,
      actor_name: event.actor_name,
      user_name: userName,
      data: event.data,
    },
  };
}

/** What a scheduled text becomes without having left. */
const STAYS: ReadonlySet<string> = new Set(["scheduled", "canceled", "refused"]);

/** Replaces an item that is there; appends a new one. Late texts are marked, not shuffled, so new is last. */
export function putItem(items: readonly ThreadItem[], item: ThreadItem): readonly ThreadItem[] {
  const key = keyOf(item);
  const place = items.findLastIndex((held) => keyOf(held) === key);
  if (place < 0) return [...items, { ...item, key }];
  const held = items[place];
  if (held?.kind === "call" && item.kind === "call") {
    return newerCall(held.call, item.call) === held.call ? items : items.with(place, { ...item, key });
  }
  if (held?.kind !== "message" || item.kind !== "message") return items;
  const message = newerMessage(held.message, item.message);
  if (message === held.message) return items;
  if (held.message.status === "scheduled" && !STAYS.has(message.status)) {
    return [...items.toSpliced(place, 1), { ...item, key }]; // it stands where it left
  }
  return items.with(place, { ...held, message });
}

/** `userName` is of the person the event is about. */
export function putEvent(thread: Thread, event: StreamEvent, userName: string | null): Thread {
  const item = itemOf(event, userName);
  const named = event.message;
  if (named && item?.kind === "event" && thread.items.some((held) => keyOf(held) === `m${named.id}`)) {
    const items = putItem(putItem(thread.items, messageItem(named)), item);
    return { ...thread, items };
  }
  if (!item) return thread;
  const items = putItem(thread.items, item);
  return items === thread.items ? thread : { ...thread, items };
}

/** The newest page: what the stream brought meanwhile stays behind it. */
export function firstPage(thread: Thread, page: ThreadPage): Thread {
  let items: readonly ThreadItem[] = page.items.map((item) => ({ ...item, key: keyOf(item) }));
  for (const item of thread.items) items = putItem(items, item);
  return { items, nextBefore: page.next_before, loaded: true };
}

/** An earlier page goes above. */
export function earlierPage(thread: Thread, page: ThreadPage): Thread {
  const held = new Set(thread.items.map(keyOf));
  const above = page.items.filter((item) => !held.has(keyOf(item)));
  return {
    items: [...above.map((item) => ({ ...item, key: keyOf(item) })), ...thread.items],
    nextBefore: page.next_before,
    loaded: true,
  };
}
