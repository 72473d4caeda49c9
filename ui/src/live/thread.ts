/** Pure upkeep of one contact's thread: put items in their place, never twice. */
import type { MessageView, StreamEvent, ThreadItem, ThreadPage } from "../api/types";
import type { Thread } from "./state";
import { newerMessage } from "./status";

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
]);

const keyOf = (item: ThreadItem): string =>
  item.kind === "message" ? `m${item.message.id}` : `e${item.event.id}`;

export const messageItem = (message: MessageView): ThreadItem => ({
  key: `m${message.id}`,
  at: message.created_at,
  conversation_id: message.conversation_id,
  kind: "message",
  message,
});

function itemOf(event: StreamEvent, userName: string | null): ThreadItem | null {
  if (event.message) return messageItem(event.message);
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

/** Replaces an item that is there; appends a new one. Late texts are marked, not shuffled, so new is last. */
export function putItem(items: readonly ThreadItem[], item: ThreadItem): readonly ThreadItem[] {
  const key = keyOf(item);
  const place = items.findLastIndex((held) => keyOf(held) === key);
  if (place < 0) return [...items, { ...item, key }];
  const held = items[place];
  if (held?.kind !== "message" || item.kind !== "message") return items;
  const message = newerMessage(held.message, item.message);
  return message === held.message ? items : items.with(place, { ...held, message });
}

/** `userName` is of the person the event is about. */
export function putEvent(thread: Thread, event: StreamEvent, userName: string | null): Thread {
  const item = itemOf(event, userName);
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
