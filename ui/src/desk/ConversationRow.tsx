/** One conversation in the list: who, last words, and the one clock that matters. */
import { memo, useCallback } from "react";
import type { ConversationView } from "../api/types";
import { Icon } from "../blocks/Icon";
import { Ago, Running } from "../blocks/Times";
import { clockOf } from "../time/format";
import { useHalfMinute } from "../time/useNow";
import { common, nameOf } from "../words/common";
import { desk as words } from "../words/desk";
import css from "./list.module.css";

/** Waiting longer than this is marked. */
export const OVERDUE_MS = 5 * 60 * 1000;

interface Props {
  conversation: ConversationView;
  mine: boolean;
  open: boolean;
  pointed: boolean;
  onOpen: (id: number) => void;
}

export const ConversationRow = memo(function ConversationRow(props: Props) {
  const { conversation, mine, open, pointed, onOpen } = props;
  const { id, contact_name, customer_phone, unread } = conversation;
  const click = useCallback(() => onOpen(id), [id, onOpen]);
  return (
    <button
      type="button"
      className={css.row}
      data-unread={unread > 0}
      data-pointed={pointed}
      aria-current={open}
      onClick={click}
    >
      <span className={css.top}>
        <span className={css.who}>{nameOf(contact_name, customer_phone)}</span>
        {unread > 0 && (
          <span className={css.unread} title={words.unread(unread)}>
            {unread}
            <span className="ab-visually-hidden"> {words.unread(unread)}</span>
          </span>
        )}
        <span className={css.when}>
          {conversation.last_message_at && <Ago at={conversation.last_message_at} />}
        </span>
      </span>
      <span className={css.preview}>
        {conversation.last_direction === "outbound" && <em>{words.youWrote} </em>}
        {conversation.last_preview}
      </span>
      <span className={css.under}>
        <span className={css.queue}>{conversation.queue}</span>
        {conversation.opted_out && (
          <span className={css.out}>
            <Icon name="block" size={12} /> {words.optedOut}
          </span>
        )}
        <Situation conversation={conversation} mine={mine} />
      </span>
    </button>
  );
});

function Situation({ conversation, mine }: { conversation: ConversationView; mine: boolean }) {
  const now = useHalfMinute();
  const { state, waiting_since, wake_at, agent_name } = conversation;
  if (state === "waiting" && wake_at) return <span>{words.snoozedUntil(clockOf(wake_at))}</span>;
  if (waiting_since && state !== "closed") {
    const late = now - Date.parse(waiting_since) > OVERDUE_MS;
    return (
      <span className={css.clock} data-late={late} title={late ? words.overdue : words.waits}>
        <Icon name={late ? "warn" : "clock"} size={12} />
        <span className="ab-visually-hidden">{late ? words.overdue : words.waits}</span>
        <Running since={waiting_since} />
      </span>
    );
  }
  if (!mine && agent_name && state !== "closed") return <span>{words.heldBy(agent_name)}</span>;
  return <span>{common.state[state]}</span>;
}
