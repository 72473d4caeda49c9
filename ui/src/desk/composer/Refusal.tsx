/** What the send gate says before anything is written: why not, by which rule, and when again, with the way to wait. */
import { Button } from "@mantine/core";
import type { ConversationView, Sending } from "../../api/types";
import { Notice } from "../../blocks/Small";
import { exactOf, momentOf } from "../../time/format";
import { later } from "../../words/consent";
import { composer as words } from "../../words/desk";
import { failureOf } from "../../words/thread";

export interface RefusalFacts {
  sentence: string;
  until: string | null;
  source: string | null;
}

/** The gate's own answer where there is one; an opt-out that came in since is known from the row itself. */
export function refusalOf(conversation: ConversationView, sending: Sending | null): RefusalFacts | null {
  if (sending && !sending.allowed) {
    return {
      sentence: sending.sentence ?? words.refused,
      until: sending.until ?? null,
      source: sending.source ?? null,
    };
  }
  if (!conversation.opted_out) return null;
  return {
    sentence: failureOf({ error_class: "opted_out", error_sentence: null, status: "refused" }),
    until: null,
    source: null,
  };
}

interface Props {
  refusal: RefusalFacts;
  /** Left out: nothing is written yet that could wait. */
  onSchedule?: (time: Date) => void;
}

export function Refusal({ refusal, onSchedule }: Props) {
  const { until } = refusal;
  return (
    <div role="status">
      <Notice tone={until ? "warn" : "bad"} icon={until ? "clock" : "block"}>
        <span title={refusal.source ? `${later.source}: ${refusal.source}` : undefined}>
          {refusal.sentence} {until && !onSchedule && words.from(momentOf(until))}
        </span>{" "}
        {until && onSchedule && (
          <Button
            size="compact-xs"
            variant="default"
            title={exactOf(until)}
            onClick={() => onSchedule(new Date(until))}
          >
            {later.scheduleFor(momentOf(until))}
          </Button>
        )}
      </Notice>
    </div>
  );
}
