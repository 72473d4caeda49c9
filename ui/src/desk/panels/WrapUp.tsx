/** After the end: how it went, a note for the next time, and close. */
import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import type { ConversationView } from "../../api/types";
import { Kbd } from "../../blocks/Small";
import { MOD, useKeys } from "../../keys/keys";
import { wrapUp as words } from "../../words/desk";
import { move } from "../moves";
import css from "./panels.module.css";

export function WrapUp({ conversation }: { conversation: ConversationView }) {
  const [disposition, setDisposition] = useState<string | null>(conversation.disposition);
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const close = async () => {
    setBusy(true);
    const body: Record<string, string> = {};
    if (disposition) body.disposition = disposition;
    if (note.trim()) body.note = note.trim();
    await move(conversation.id, "close", body);
    setBusy(false);
  };
  useKeys({ "mod+Enter": () => void close() });
  return (
    <section className={css.wrapUp} aria-label={words.title}>
      <h2>{words.title}</h2>
      <p>{words.hint}</p>
      <div className={css.outcomes} role="radiogroup" aria-label={words.disposition}>
        {words.choices.map((choice) => (
          // biome-ignore lint/a11y/useSemanticElements: pressed again, the choice is taken back; a radio input cannot
          <button
            key={choice}
            type="button"
            role="radio"
            aria-checked={choice === disposition}
            className={css.outcome}
            onClick={() => setDisposition(choice === disposition ? null : choice)}
          >
            {choice}
          </button>
        ))}
      </div>
      <Textarea
        aria-label={words.note}
        placeholder={words.note}
        rows={2}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <div className={css.wrapFoot}>
        <Button variant="default" onClick={() => void move(conversation.id, "reopen")}>
          {words.back}
        </Button>
        <Button loading={busy} onClick={() => void close()} rightSection={<Kbd>{MOD} ↵</Kbd>}>
          {words.close}
        </Button>
      </div>
    </section>
  );
}
