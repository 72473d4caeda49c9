/** A call among the texts: which way it went, how it ended, for how long, and whether the caller was texted back. */
import type { CallView } from "../../api/types";
import { Icon, type IconName } from "../../blocks/Icon";
import { ClockTime } from "../../blocks/Times";
import { callLine, lengthOf, calls as words } from "../../words/calls";
import css from "./thread.module.css";

const UNHAPPY: ReadonlySet<string> = new Set(["missed", "busy", "failed", "declined", "unclear"]);

function iconOf(call: CallView): IconName {
  if (call.direction === "outbound") return "callOut";
  return UNHAPPY.has(call.status) ? "callMissed" : "callIn";
}

export function CallLine({ call, dim }: { call: CallView; dim: boolean }) {
  const length = call.status === "completed" ? call.duration_seconds : null;
  return (
    <div className={css.call} data-dim={dim} data-unhappy={UNHAPPY.has(call.status)}>
      <p>
        <Icon name={iconOf(call)} />
        <span>
          {callLine(call)}
          {length !== null && ` · ${lengthOf(length)}`}
          {call.text_back_id !== null && ` · ${words.textedBack}`}
        </span>
        <ClockTime at={call.started_at} />
      </p>
      {call.trouble && <p className={css.trouble}>{call.trouble}</p>}
    </div>
  );
}
