/** What the send gate says before anything is written: why not, and when again. */
import type { ConversationView, Sending } from "../../api/types";
import { Notice } from "../../blocks/Small";
import { exactOf } from "../../time/format";
import { composer as words } from "../../words/desk";
import { failureOf } from "../../words/thread";

export interface RefusalFacts {
  sentence: string;
  until: string | null;
}

/** The gate's own answer where there is one; an opt-out that came in since is known from the row itself. */
export function refusalOf(conversation: ConversationView, sending: Sending | null): RefusalFacts | null {
  if (sending && !sending.allowed) {
    return { sentence: sending.sentence ?? words.refused, until: sending.until ?? null };
  }
  if (!conversation.opted_out) return null;
  return {
    sentence: failureOf({ error_class: "opted_out", error_sentence: null, status: "refused" }),
    until: null,
  };
}

export function Refusal({ refusal }: { refusal: RefusalFacts }) {
  return (
    <div role="status">
      <Notice tone="bad" icon="block">
        {refusal.sentence} {refusal.until && words.from(exactOf(refusal.until))}
      </Notice>
    </div>
  );
}
