/** A customer's sentence that looks like an opt-out: marked, and a person says what it meant. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { settleSuggestion } from "../../api/consent-calls";
import type { MessageView } from "../../api/types";
import { Icon } from "../../blocks/Icon";
import { sayFailed } from "../../blocks/toasts";
import { consentWords as words } from "../../words/consent";
import css from "./thread.module.css";

/** The body with its sentence marked; places count characters as people do, not as UTF-16. */
export function Marked({ message }: { message: MessageView }) {
  const mark = message.opt_out;
  if (!mark) return <p className={css.body}>{message.body}</p>;
  const letters = Array.from(message.body);
  return (
    <p className={css.body}>
      {letters.slice(0, mark.start).join("")}
      <mark>{letters.slice(mark.start, mark.end).join("")}</mark>
      {letters.slice(mark.end).join("")}
    </p>
  );
}

export function OptOutSuggestion({ message }: { message: MessageView }) {
  const [busy, setBusy] = useState(false);
  const settle = async (record: boolean) => {
    setBusy(true);
    try {
      await settleSuggestion(message.id, record);
    } catch (error) {
      sayFailed(words.settleFailed, error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={css.suggestion}>
      <Icon name="block" size={12} />
      <span>{words.looksLikeOptOut}</span>
      <Button size="compact-xs" variant="default" loading={busy} onClick={() => void settle(true)}>
        {words.recordOptOut}
      </Button>
      <Button size="compact-xs" variant="subtle" disabled={busy} onClick={() => void settle(false)}>
        {words.dismiss}
      </Button>
    </div>
  );
}
