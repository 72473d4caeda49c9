/** Writing down what a customer said about being texted. The ledger keeps it for good. */
import { Button, Modal, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { ApiError, sentenceOf } from "../../api/client";
import { recordConsent } from "../../api/consent-calls";
import { Notice } from "../../blocks/Small";
import { useKeys } from "../../keys/keys";
import { common, phoneOf } from "../../words/common";
import { consentWords as words } from "../../words/consent";
import panels from "../panels/panels.module.css";
import { useReadAgain } from "./CustomerCard";

interface Props {
  contactId: number;
  choice: "opt_in" | "opt_out";
  phone: string;
  number: { id: number; address: string } | null;
  onClose: () => void;
}

const PURPOSES = ["all", "conversation", "informational", "promotional"] as const;
type Purpose = (typeof PURPOSES)[number];

export default function RecordConsent({ contactId, choice, phone, number, onClose }: Props) {
  useKeys({}, { modal: true });
  const [said, setSaid] = useState("");
  const [purpose, setPurpose] = useState<Purpose>(choice === "opt_in" ? "informational" : "all");
  const [scope, setScope] = useState(number ? "number" : "all");
  const [link, setLink] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const readAgain = useReadAgain(contactId);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await recordConsent({
        phone,
        choice,
        words: said,
        purpose,
        number_id: scope === "number" ? (number?.id ?? null) : null,
        proof: link.trim() ? { url: link.trim() } : {},
      });
      await readAgain();
      onClose();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  const fields = error instanceof ApiError ? error.fields : {};
  return (
    <Modal opened onClose={onClose} title={choice === "opt_in" ? words.recordInTitle : words.recordOutTitle}>
      <form className={panels.form} onSubmit={submit}>
        <Textarea
          data-autofocus
          label={words.words}
          description={words.wordsHint}
          required
          autosize
          minRows={2}
          maxRows={6}
          value={said}
          error={fields.words}
          onChange={(event) => setSaid(event.currentTarget.value)}
        />
        <NativeSelect
          label={words.about}
          data={PURPOSES.map((value) => ({ value, label: words.purpose[value] ?? value }))}
          value={purpose}
          onChange={(event) => setPurpose(event.currentTarget.value as Purpose)}
        />
        {number && (
          <NativeSelect
            label={words.scope}
            data={[
              { value: "number", label: words.thisNumber(phoneOf(number.address)) },
              { value: "all", label: words.everyNumber },
            ]}
            value={scope}
            onChange={(event) => setScope(event.currentTarget.value)}
          />
        )}
        <TextInput label={words.link} value={link} onChange={(event) => setLink(event.currentTarget.value)} />
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
            {words.record}
          </Button>
        </footer>
      </form>
    </Modal>
  );
}
