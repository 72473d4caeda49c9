/** A message's row never goes back to an earlier status on screen. */
import type { CallView, MessageView } from "../api/types";

/** The newer of two rows of one message. Media moves on its own, so at equal rank the later row wins. */
export function newerMessage(held: MessageView, come: MessageView): MessageView {
  return come.status_rank >= held.status_rank ? come : held;
}

/** The newer of two rows of one call. */
export const newerCall = (held: CallView, come: CallView): CallView =>
  come.status_rank >= held.status_rank ? come : held;

export const FAILED: ReadonlySet<string> = new Set(["failed", "undelivered", "refused", "unclear"]);
