/** Pure: turns a thread's items into the rows on screen, with day marks and marks between conversations. */
import type { MessageView, ThreadEvent, ThreadItem } from "../../api/types";
import type { Outgoing } from "../../live/outgoing";
import { SHOWN_EVENTS } from "../../live/thread";
import { dayOf } from "../../time/format";

export type Row =
  | { kind: "day"; key: string; label: string }
  | { kind: "break"; key: string; conversationId: number }
  | { kind: "message"; key: string; message: MessageView; joined: boolean; dim: boolean }
  | { kind: "event"; key: string; event: ThreadEvent; at: string; dim: boolean }
  | { kind: "outgoing"; key: string; outgoing: Outgoing };

const JOIN_MS = 2 * 60 * 1000;

const sideOf = (message: MessageView): string => `${message.kind} ${message.author_id ?? message.origin}`;

/** Two texts of the same side shortly after each other stand closer together. */
function joins(before: ThreadItem | undefined, item: ThreadItem): boolean {
  if (before?.kind !== "message" || item.kind !== "message") return false;
  if (before.conversation_id !== item.conversation_id) return false;
  const gap = Date.parse(item.at) - Date.parse(before.at);
  return gap < JOIN_MS && sideOf(before.message) === sideOf(item.message);
}

function rowOf(item: ThreadItem, joined: boolean, dim: boolean): Row {
  if (item.kind === "message") return { kind: "message", key: item.key, message: item.message, joined, dim };
  return { kind: "event", key: item.key, event: item.event, at: item.at, dim };
}

export interface RowsWanted {
  items: readonly ThreadItem[];
  outgoing: readonly Outgoing[];
  conversationId: number;
  now: number;
}

export function rowsOf({ items, outgoing, conversationId, now }: RowsWanted): Row[] {
  const rows: Row[] = [];
  let day = "";
  let before: ThreadItem | undefined;
  for (const item of items) {
    if (item.kind === "event" && !SHOWN_EVENTS.has(item.event.kind)) continue;
    const label = dayOf(item.at, now);
    const breaks = before !== undefined && before.conversation_id !== item.conversation_id;
    if (breaks || (before === undefined && item.conversation_id !== conversationId)) {
      rows.push({ kind: "break", key: `b${item.key}`, conversationId: item.conversation_id });
    }
    if (label !== day) rows.push({ kind: "day", key: `d${item.key}`, label });
    const joined = label === day && !breaks && joins(before, item);
    rows.push(rowOf(item, joined, item.conversation_id !== conversationId));
    day = label;
    before = item;
  }
  for (const one of outgoing) rows.push({ kind: "outgoing", key: `o${one.key}`, outgoing: one });
  return rows;
}

/** Rows whose height is a guess until they are drawn. */
export function estimateOf(row: Row | undefined): number {
  if (!row) return 40;
  if (row.kind === "event") return 28;
  if (row.kind === "day" || row.kind === "break") return 36;
  const text = row.kind === "message" ? row.message.body : row.outgoing.body;
  const media = row.kind === "message" ? row.message.media.length : row.outgoing.media.length;
  return 40 + 20 * Math.ceil(text.length / 62) + (media > 0 ? 168 : 0);
}

/** A text I just sent may come back by the stream before the answer to my request: then the first stands aside. */
export function stillOut(
  outgoing: readonly Outgoing[],
  items: readonly ThreadItem[],
  me: number,
): Outgoing[] {
  const recent = items.slice(-30);
  const taken = new Set<string>();
  return outgoing.filter((one) => {
    if (one.state === "refused") return true;
    const twin = recent.find(
      (item) =>
        item.kind === "message" &&
        !taken.has(item.key) &&
        item.message.author_id === me &&
        item.message.kind === one.kind &&
        item.message.body === one.body &&
        Date.parse(item.at) >= Date.parse(one.at) - 5000,
    );
    if (twin) taken.add(twin.key);
    return twin === undefined;
  });
}
