/** Order of the delivery statuses: a message's row never goes back to an earlier one on screen. */
import type { MessageView } from "../api/types";

const RANK: Readonly<Record<string, number>> = {
  received: 0,
  noted: 0,
  queued: 0,
  sending: 10,
  unclear: 15,
  accepted: 20,
  sent: 30,
  undelivered: 50,
  failed: 50,
  delivered: 60,
  read: 70,
  canceled: 90,
  refused: 100,
};

const rankOf = (message: MessageView): number => RANK[message.status] ?? 0;

/** The newer of two rows of the same message. Media moves on its own, so at equal rank the later row wins. */
export function newerMessage(held: MessageView, come: MessageView): MessageView {
  return rankOf(come) >= rankOf(held) ? come : held;
}

export const FAILED: ReadonlySet<string> = new Set(["failed", "undelivered", "refused", "unclear"]);
