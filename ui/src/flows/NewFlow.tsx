/** Adds a flow: its name and number; then its secret is shown, once. */
import { Button, Modal, NativeSelect, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError, sentenceOf } from "../api/client";
import { createFlow } from "../api/flow-calls";
import type { NewFlow as Made } from "../api/schema.gen";
import { Notice } from "../blocks/Small";
import { useKeys } from "../keys/keys";
import { CopyLine } from "../settings/CopyLine";
import { common } from "../words/common";
import { flowWords as words } from "../words/flows";
import css from "./flows.module.css";
import { newFlow } from "./graph";
import { useKnown } from "./useKnown";

interface Props {
  onMade: (id: number) => void;
  onClose: () => void;
}

export function NewFlow({ onMade, onClose }: Props) {
  useKeys({}, { modal: true });
  const { numbers } = useKnown();
  const [name, setName] = useState("");
  const [number, setNumber] = useState(numbers[0]?.value ?? "");
  const [made, setMade] = useState<Made | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      setMade(await createFlow({ name: name.trim(), number_id: Number(number), draft: newFlow() }));
      await queries.invalidateQueries({ queryKey: ["settings", "flows"] });
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  if (made) {
    const go = () => onMade(made.id);
    return (
      <Modal opened onClose={go} title={words.secretTitle} size="md">
        <p className={css.hint}>{words.secretHint}</p>
        <CopyLine label={words.secretTitle} text={made.secret} />
        <footer className={css.foot}>
          <Button data-autofocus onClick={go}>
            {words.goOn}
          </Button>
        </footer>
      </Modal>
    );
  }
  const wrong = error instanceof ApiError ? error.fields : {};
  return (
    <Modal opened onClose={onClose} title={words.add} size="sm">
      <form className={css.form} onSubmit={(event) => void submit(event)}>
        <TextInput
          data-autofocus
          label={words.name}
          required
          maxLength={200}
          value={name}
          error={wrong.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={words.number}
          data={[...numbers]}
          value={number}
          error={wrong.number_id ?? (numbers.length === 0 ? words.noNumbers : undefined)}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
        {error !== null && !wrong.name && !wrong.number_id && (
          <Notice tone="bad" icon="warn">
            {words.createFailed}. {sentenceOf(error)}
          </Notice>
        )}
        <footer className={css.foot}>
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={busy} disabled={!name.trim() || !number}>
            {words.create}
          </Button>
        </footer>
      </form>
    </Modal>
  );
}
