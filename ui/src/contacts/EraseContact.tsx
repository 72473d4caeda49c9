/** Erases a customer, once somebody typed one of their phones. */
import { Button, Checkbox, Modal, TextInput } from "@mantine/core";
import "@mantine/core/styles/Checkbox.css";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError, sentenceOf } from "../api/client";
import { eraseContact } from "../api/privacy-calls";
import type { Contact } from "../api/types";
import { Notice } from "../blocks/Small";
import { say } from "../blocks/toasts";
import panels from "../desk/panels/panels.module.css";
import { useKeys } from "../keys/keys";
import { common, phoneOf } from "../words/common";
import { privacy as words } from "../words/privacy";

export default function EraseContact({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  useKeys({}, { modal: true });
  const queries = useQueryClient();
  const [typed, setTyped] = useState("");
  const [keep, setKeep] = useState(true);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await eraseContact(contact.id, typed, keep);
      say(words.erased);
      onClose();
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["contact", contact.id] }),
        queries.invalidateQueries({ queryKey: ["contacts"] }),
      ]);
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  const fields = error instanceof ApiError ? error.fields : {};
  return (
    <Modal opened onClose={onClose} title={words.eraseTitle}>
      <form className={panels.form} onSubmit={(event) => void submit(event)}>
        <p>{words.goes}</p>
        <p>{words.stays}</p>
        <Checkbox
          label={words.keepProof}
          description={words.keepProofHint}
          checked={keep}
          onChange={(event) => setKeep(event.currentTarget.checked)}
        />
        <TextInput
          data-autofocus
          label={words.type}
          description={contact.phones.map(phoneOf).join(", ") || String(contact.id)}
          autoComplete="off"
          value={typed}
          error={fields.phone}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {error !== null && !fields.phone && (
          <Notice tone="bad" icon="warn">
            {sentenceOf(error)}
          </Notice>
        )}
        <footer className={panels.foot}>
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" color="red.9" loading={busy} disabled={!typed.trim()}>
            {words.eraseNow}
          </Button>
        </footer>
      </form>
    </Modal>
  );
}
