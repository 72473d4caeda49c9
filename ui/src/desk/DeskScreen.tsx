/** The agent's desk: list, conversation, customer card. The card folds away first, then the list. */
import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useKeys } from "../keys/keys";
import { live } from "../live/link";
import { forgetUnlisted } from "../live/reduce";
import { useHalfMinute } from "../time/useNow";
import { desk as words } from "../words/desk";
import { Conversation } from "./Conversation";
import { ConversationList } from "./ConversationList";
import { CustomerCard } from "./card/CustomerCard";
import css from "./desk.module.css";
import { NothingOpen } from "./NothingOpen";

export function DeskScreen() {
  const { conversationId } = useParams({ strict: false }) as { conversationId?: string };
  const id = conversationId && /^\d+$/.test(conversationId) ? Number(conversationId) : null;
  const [cardOpen, setCardOpen] = useState(false);
  const navigate = useNavigate();
  const now = useHalfMinute();
  const tenMinutes = Math.floor(now / 600_000);
  // Rows that stand in no list are let go from time to time, but for the one now open.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the clock is the trigger, not a value used
  useEffect(() => live.set((state) => state && forgetUnlisted(state, id, Date.now())), [id, tenMinutes]);
  useKeys({
    Escape: () => {
      if (cardOpen) setCardOpen(false);
      else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    },
  });
  return (
    <div className={css.desk} data-open={id !== null} data-card={cardOpen}>
      <ConversationList
        openId={id}
        onOpen={(next) =>
          void navigate({ to: "/desk/$conversationId", params: { conversationId: String(next) } })
        }
      />
      {id === null ? (
        <div className={css.main}>
          <h1 className="ab-visually-hidden">{words.title}</h1>
          <NothingOpen />
        </div>
      ) : (
        <Conversation key={id} id={id} cardOpen={cardOpen} onCard={() => setCardOpen((open) => !open)} />
      )}
      {id !== null && <CustomerCard conversationId={id} onClose={() => setCardOpen(false)} />}
    </div>
  );
}
