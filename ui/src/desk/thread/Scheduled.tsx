/** A text that waits for its time: when it leaves, and taking it back. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { cancelMessage } from "../../api/consent-calls";
import type { MessageView } from "../../api/types";
import { Icon } from "../../blocks/Icon";
import { sayFailed } from "../../blocks/toasts";
import { exactOf } from "../../time/format";
import { later as words } from "../../words/consent";
import css from "./thread.module.css";

export function Scheduled({ message }: { message: MessageView }) {
  const [busy, setBusy] = useState(false);
  const cancel = async () => {
    setBusy(true);
    try {
      await cancelMessage(message.id);
    } catch (error) {
      sayFailed(words.cancelFailed, error);
      setBusy(false);
    }
  };
  return (
    <div className={css.scheduled}>
      <Icon name="clock" size={12} />
      <span>{message.due_at ? words.scheduled(exactOf(message.due_at)) : words.send}</span>
      <Button size="compact-xs" variant="default" loading={busy} onClick={() => void cancel()}>
        {words.cancel}
      </Button>
    </div>
  );
}
