/** The customer card: who it is, how to reach them, what they agreed to, what went before. */
import { ActionIcon } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { changeContact, readContact } from "../../api/calls";
import type { Contact } from "../../api/types";
import { ErrorFace, LoadingFace } from "../../blocks/Faces";
import { Icon } from "../../blocks/Icon";
import { sayFailed } from "../../blocks/toasts";
import type { Thread } from "../../live/state";
import { useLive } from "../../live/useLive";
import { common } from "../../words/common";
import { card as words } from "../../words/desk";
import deskCss from "../desk.module.css";
import { ContactFacts } from "./ContactFacts";
import css from "./card.module.css";

export function useContact(id: number | undefined) {
  return useQuery({
    queryKey: ["contact", id],
    queryFn: () => readContact(id as number),
    enabled: id !== undefined,
  });
}

/** Reads a contact again after something about it was recorded. */
export function useReadAgain(id: number) {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["contact", id] });
}

/** Saves a part of a contact; the answer takes the place of what was shown. */
export function useSaveContact(id: number) {
  const queries = useQueryClient();
  return async (change: Partial<Contact>): Promise<void> => {
    try {
      await changeContact(id, change);
      await queries.invalidateQueries({ queryKey: ["contact", id] });
    } catch (error) {
      sayFailed(words.saveFailed, error);
    }
  };
}

/** Changes whenever the newest call of the thread does. */
function lastCallOf(thread: Thread | undefined): string {
  const last = thread?.items.findLast((item) => item.kind === "call");
  return last?.kind === "call" ? `${last.key} ${last.call.status}` : "";
}

/** Changes whenever something about consent is written down: a YES, a STOP, what a colleague recorded. */
const lastConsentOf = (thread: Thread | undefined): string =>
  thread?.items.findLast((item) => item.kind === "event" && item.event.kind === "ConsentRecorded")?.key ?? "";

export function CustomerCard({ conversationId, onClose }: { conversationId: number; onClose: () => void }) {
  const row = useLive((state) => state.conversations[conversationId]);
  const contact = useContact(row?.contact_id);
  const { refetch } = contact;
  // A change elsewhere (a new conversation, consent, a name) shows in the row; then the card is read again.
  const called = useLive((state) => lastCallOf(state.threads[row?.contact_id ?? 0]));
  const consent = useLive((state) => lastConsentOf(state.threads[row?.contact_id ?? 0]));
  const mark = row ? `${row.state} ${row.opted_out} ${row.contact_name} ${called} ${consent}` : "";
  useEffect(() => {
    if (mark) void refetch();
  }, [mark, refetch]);
  return (
    <aside className={`${css.card} ${deskCss.card}`} aria-label={words.title}>
      <div className={css.head}>
        <h2>{words.title}</h2>
        <ActionIcon
          className={deskCss.onlyWide}
          variant="subtle"
          color="gray"
          aria-label={common.close}
          onClick={onClose}
        >
          <Icon name="close" />
        </ActionIcon>
      </div>
      {contact.data ? (
        <ContactFacts
          contact={contact.data}
          zone={row?.time_zone ?? null}
          country={row?.country ?? null}
          openId={conversationId}
          phone={row?.customer_phone}
          number={row && { id: row.number_id, address: row.number }}
        />
      ) : contact.isError ? (
        <ErrorFace title={words.failed} error={contact.error} onRetry={() => void refetch()} />
      ) : (
        <LoadingFace />
      )}
    </aside>
  );
}
