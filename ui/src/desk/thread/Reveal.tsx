/** What a mask covers, shown to those who may see it, for as long as this bubble is on screen. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { revealMessage } from "../../api/privacy-calls";
import { sayFailed } from "../../blocks/toasts";
import { useLive } from "../../live/useLive";
import { masks as words } from "../../words/privacy";
import css from "./thread.module.css";

export function Reveal({ messageId }: { messageId: number }) {
  const may = useLive((live) => live.me.permissions.includes("reveal_masked"));
  const [body, setBody] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  if (!may) return null;
  if (body !== null) return <p className={css.body}>{body}</p>;
  const reveal = async () => {
    setBusy(true);
    try {
      setBody((await revealMessage(messageId)).body);
    } catch (error) {
      sayFailed(words.revealFailed, error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      loading={busy}
      title={words.revealHint}
      onClick={() => void reveal()}
    >
      {words.reveal}
    </Button>
  );
}
