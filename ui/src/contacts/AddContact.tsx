/** Adding a contact: a name and a number. It starts no conversation. */
import { Button, Modal, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { createContact } from "../api/calls";
import { ApiError, sentenceOf } from "../api/client";
import { Notice } from "../blocks/Small";
import { useKeys } from "../keys/keys";
import { common } from "../words/common";
import { contacts as words } from "../words/contacts";
import css from "./contacts.module.css";

export function AddContact({ onClose, onAdded }: { onClose: () => void; onAdded: (id: number) => void }) {
  useKeys({}, { modal: true });
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const contact = await createContact({ name: name.trim(), phones: [phone.trim()] });
      await queries.invalidateQueries({ queryKey: ["contacts"] });
      onClose();
      onAdded(contact.id);
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  const fields = error instanceof ApiError ? error.fields : {};
  return (
    <Modal opened onClose={onClose} title={words.add}>
      <form className={css.form} onSubmit={submit}>
        <TextInput
          data-autofocus
          label={words.name}
          value={name}
          error={fields.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={words.phone}
          description={words.phoneHint}
          type="tel"
          required
          value={phone}
          error={fields["phones[0]"] ?? fields.phones}
          onChange={(event) => setPhone(event.currentTarget.value)}
        />
        {error !== null && (
          <Notice tone="bad" icon="warn">
            {sentenceOf(error)}
          </Notice>
        )}
        <footer className={css.foot}>
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={busy}>
            {words.add}
          </Button>
        </footer>
      </form>
    </Modal>
  );
}
