/** Double opt-in: asks the phone itself to confirm what was agreed to elsewhere. */
import { Button, Modal, NativeSelect, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { sentenceOf } from "../../api/client";
import { askConsent } from "../../api/consent-calls";
import { Notice } from "../../blocks/Small";
import { say } from "../../blocks/toasts";
import { useKeys } from "../../keys/keys";
import { common } from "../../words/common";
import { consentWords as words } from "../../words/consent";
import panels from "../panels/panels.module.css";
import { useReadAgain } from "./CustomerCard";

interface Props {
  contactId: number;
  phone: string;
  number: { id: number; address: string };
  onClose: () => void;
}

const PURPOSES = ["promotional", "informational"] as const;

export default function AskConsent({ contactId, phone, number, onClose }: Props) {
  useKeys({}, { modal: true });
  const [said, setSaid] = useState("");
  const [purpose, setPurpose] = useState<(typeof PURPOSES)[number]>("promotional");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const readAgain = useReadAgain(contactId);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await askConsent({ phone, number_id: number.id, words: said, purpose });
      await readAgain();
      say(words.asked);
      onClose();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={words.askTitle}>
      <form className={panels.form} onSubmit={(event) => void submit(event)}>
        <p>{words.askHint}</p>
        <Textarea
          data-autofocus
          label={words.askWords}
          required
          autosize
          minRows={2}
          maxRows={6}
          value={said}
          onChange={(event) => setSaid(event.currentTarget.value)}
        />
        <NativeSelect
          label={words.about}
          data={PURPOSES.map((value) => ({ value, label: words.purpose[value] ?? value }))}
          value={purpose}
          onChange={(event) => setPurpose(event.currentTarget.value as (typeof PURPOSES)[number])}
        />
        {error !== null && (
          <Notice tone="bad" icon="warn">
            {sentenceOf(error)}
          </Notice>
        )}
        <footer className={panels.foot}>
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={busy} disabled={!said.trim()}>
            {words.askNow}
          </Button>
        </footer>
      </form>
    </Modal>
  );
}
