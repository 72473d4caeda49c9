/** One row of the thread, drawn again only when its own data changes. */
import { memo } from "react";
import { ClockTime } from "../../blocks/Times";
import { lineOf, thread as words } from "../../words/thread";
import { Bubble } from "./Bubble";
import { CallLine } from "./CallLine";
import { OutgoingBubble } from "./OutgoingBubble";
import type { Row } from "./rows";
import css from "./thread.module.css";

function sameRow(a: { row: Row }, b: { row: Row }): boolean {
  const [one, other] = [a.row, b.row];
  if (one.key !== other.key || one.kind !== other.kind) return false;
  if (one.kind === "message" && other.kind === "message") {
    const alike = one.joined === other.joined && one.dim === other.dim && one.answers === other.answers;
    return one.message === other.message && alike;
  }
  if (one.kind === "outgoing" && other.kind === "outgoing") return one.outgoing === other.outgoing;
  if (one.kind === "call" && other.kind === "call") return one.call === other.call && one.dim === other.dim;
  if (one.kind === "break" && other.kind === "break") return one.earlier === other.earlier;
  if (one.kind === "day" && other.kind === "day") return one.label === other.label;
  return one.kind !== "event" || (other.kind === "event" && one.dim === other.dim);
}

export const ThreadRow = memo(function ThreadRow({ row }: { row: Row }) {
  switch (row.kind) {
    case "day":
      return (
        <div className={css.day}>
          <span>{row.label}</span>
        </div>
      );
    case "break":
      return (
        <div className={css.break}>
          <span>
            {row.earlier ? words.earlierConversation : words.thisConversation} {row.conversationId}
          </span>
        </div>
      );
    case "event":
      return (
        <p className={css.event} data-dim={row.dim}>
          {lineOf(row.event)} <ClockTime at={row.at} />
        </p>
      );
    case "call":
      return <CallLine call={row.call} dim={row.dim} />;
    case "message":
      return <Bubble message={row.message} joined={row.joined} dim={row.dim} answers={row.answers} />;
    case "outgoing":
      return <OutgoingBubble outgoing={row.outgoing} />;
  }
}, sameRow);
