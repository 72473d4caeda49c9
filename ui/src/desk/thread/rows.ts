/** Pure: turns a thread's items into the rows on screen, with day marks and marks between conversations. */
import type { CallView, MessageView, ThreadEvent, ThreadItem } from "../../api/types";
import type { Outgoing } from "../../live/outgoing";
import { SHOWN_EVENTS } from "../../live/thread";
import { dayOf } from "../../time/format";

export type Row =
  | { kind: "day"; key: string; label: string }
  | { kind: "break"; key: string; conversationId: number; earlier: boolean }
  | {
      kind: "message";
      key: string;
      message: MessageView;
      joined: boolean;
      dim: boolean;
      answers: string | null;
    }
  | { kind: "event"; key: string; event: ThreadEvent; at: string; dim: boolean }
  | { kind: "call"; key: string; call: CallView; dim: boolean }
  | { kind: "outgoing"; key: string; outgoing: Outgoing };

const JOIN_MS = 2 * 60 * 1000;

/** Who said it, and what for: a campaign's text names it though a person's stands right before. */
const sideOf = ({ kind, author_id, origin, sent_for }: MessageView): string =>
  `${kind} ${author_id ?? origin} ${sent_for?.kind} ${sent_for?.id}`;

/** Two texts of the same side shortly after each other stand closer together. */
function joins(before: ThreadItem | undefined, item: ThreadItem): boolean {
  if (before?.kind !== "message" || item.kind !== "message") return false;
  if (before.conversation_id !== item.conversation_id) return false;
  const gap = Date.parse(item.at) - Date.parse(before.at);
  return gap < JOIN_MS && sideOf(before.message) === sideOf(item.message);
}

const NEVER_LEFT = new Set(["refused", "canceled", "scheduled"]);

/** The text of ours that the next one from the customer answers. */
function askedBy(before: MessageView | null, item: ThreadItem): MessageView | null {
  if (item.kind !== "message" || item.message.kind === "note") return before;
  if (item.message.kind === "inbound") return null;
  return NEVER_LEFT.has(item.message.status) ? before : item.message;
}

function rowOf(item: ThreadItem, joined: boolean, dim: boolean, asked: MessageView | null): Row {
  if (item.kind === "message") {
    const answers = item.message.kind === "inbound" ? (asked?.sent_for?.name ?? null) : null;
    return { kind: "message", key: item.key, message: item.message, joined, dim, answers };
  }
  if (item.kind === "call") return { kind: "call", key: item.key, call: item.call, dim };
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
  let asked: MessageView | null = null;
  for (const item of items) {
    if (item.kind === "event" && !SHOWN_EVENTS.has(item.event.kind)) continue;
    const label = dayOf(item.at, now);
    const breaks = before !== undefined && before.conversation_id !== item.conversation_id;
    if (breaks || (before === undefined && item.conversation_id !== conversationId)) {
      const earlier = item.conversation_id !== conversationId;
      rows.push({ kind: "break", key: `b${item.key}`, conversationId: item.conversation_id, earlier });
    }
    if (label !== day) rows.push({ kind: "day", key: `d${item.key}`, label });
    const joined = label === day && !breaks && joins(before, item);
    rows.push(rowOf(item, joined, item.conversation_id !== conversationId, asked));
    asked = askedBy(asked, item);
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
  if (row.kind === "call") return 44;
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
