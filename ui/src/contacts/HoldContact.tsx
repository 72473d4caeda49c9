/** Puts a legal hold on a contact, or releases it: either way with a reason. */
import { Button, Modal, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { sentenceOf } from "../api/client";
import { holdContact, releaseContact } from "../api/privacy-calls";
import { Notice } from "../blocks/Small";
import panels from "../desk/panels/panels.module.css";
import { useKeys } from "../keys/keys";
import { common } from "../words/common";
import { privacy as words } from "../words/privacy";

interface Props {
  contactId: number;
  release: boolean;
  onClose: () => void;
}

export default function HoldContact({ contactId, release, onClose }: Props) {
  useKeys({}, { modal: true });
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const { items } = await (release ? releaseContact : holdContact)(contactId, reason);
      queries.setQueryData(["legal-holds", contactId], items);
      onClose();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={release ? words.releaseTitle : words.holdTitle}>
      <form className={panels.form} onSubmit={(event) => void submit(event)}>
        <TextInput
          data-autofocus
          label={words.reason}
          description={release ? words.releaseHint : words.holdHint}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
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
          <Button type="submit" loading={busy} disabled={!reason.trim()}>
            {release ? words.endHold : words.setHold}
          </Button>
        </footer>
      </form>
    </Modal>
  );
}
