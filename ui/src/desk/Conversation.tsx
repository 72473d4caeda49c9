/** The middle of the desk: header, thread, and below it what fits the state: composer, wrap-up, or a way in. */
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { readConversation } from "../api/calls";
import type { ConversationView, Sending } from "../api/types";
import { ErrorFace, LoadingFace } from "../blocks/Faces";
import { live } from "../live/link";
import { putConversation } from "../live/reduce";
import { useLive } from "../live/useLive";
import { desk as words } from "../words/desk";
import { Announcer } from "./Announcer";
import css from "./desk.module.css";
import { Foot } from "./Foot";
import { Header } from "./Header";
import { markRead } from "./moves";
import { Dialogs } from "./panels/Dialogs";
import { Thread } from "./thread/Thread";

/** The row from the live store; read once from the server too, for the gate's answer and for rows in no list. */
export function useConversation(id: number) {
  const row = useLive((state) => state.conversations[id]);
  const optedOut = row?.opted_out ?? false;
  const detail = useQuery({
    queryKey: ["conversation", id, optedOut],
    queryFn: async () => {
      const { sending, earlier_count: _count, ...read } = await readConversation(id);
      live.set((state) => state && putConversation(state, read));
      return { sending };
    },
    staleTime: 0,
  });
  return { row, sending: detail.data?.sending ?? null, error: detail.error, retry: detail.refetch };
}

interface Props {
  id: number;
  cardOpen: boolean;
  onCard: () => void;
}

export function Conversation({ id, cardOpen, onCard }: Props) {
  const { row, sending, error, retry } = useConversation(id);
  if (!row) {
    return (
      <div className={css.main}>
        {error ? (
          <ErrorFace title={words.notFound} error={error} onRetry={() => void retry()} />
        ) : (
          <LoadingFace lines={10} />
        )}
      </div>
    );
  }
  return <Open row={row} sending={sending} cardOpen={cardOpen} onCard={onCard} />;
}

interface OpenProps extends Omit<Props, "id"> {
  row: ConversationView;
  sending: Sending | null;
}

function Open({ row, sending, cardOpen, onCard }: OpenProps) {
  useReading(row);
  return (
    <div className={css.main}>
      <Header conversation={row} cardOpen={cardOpen} onCard={onCard} />
      <div className={css.thread}>
        <Thread conversation={row} />
      </div>
      <Foot conversation={row} sending={sending} />
      <Dialogs conversation={row} />
      <Announcer conversation={row} />
    </div>
  );
}

/** What its holder has on screen is read. */
function useReading({ id, unread, agent_id }: ConversationView): void {
  const me = useLive((state) => state.me.id);
  useEffect(() => {
    if (unread === 0 || agent_id !== me) return;
    const look = () => {
      if (document.visibilityState === "visible") markRead(id);
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [id, unread, agent_id, me]);
}
