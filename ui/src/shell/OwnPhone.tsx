/** One's own phone: the one that rings first when one calls a customer. */
import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { changeCallAddress, readSession } from "../api/calls";
import { ApiError } from "../api/client";
import { say, sayFailed } from "../blocks/toasts";
import { calls as words } from "../words/calls";
import { common } from "../words/common";
import css from "./overlay.module.css";

export function OwnPhone({ onSaved, onCancel }: { onSaved: () => void; onCancel: () => void }) {
  const session = useQuery({ queryKey: ["session"], queryFn: readSession, staleTime: 0, gcTime: 0 });
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const value = typed ?? session.data?.user.call_address ?? "";
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      await changeCallAddress(value);
      say(words.ownPhoneSaved);
      onSaved();
    } catch (error) {
      if (error instanceof ApiError && error.fields.call_address) setProblem(error.fields.call_address);
      else sayFailed(words.ownPhoneFailed, error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={css.form} onSubmit={(event) => void save(event)}>
      <TextInput
        autoFocus
        label={words.ownPhone}
        description={`${words.ownPhoneHint} ${words.ownPhonePrivate}`}
        autoComplete="tel"
        value={value}
        error={problem}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <footer className={css.foot}>
        <Button variant="default" onClick={onCancel}>
          {common.cancel}
        </Button>
        <Button type="submit" loading={busy} disabled={typed === null}>
          {common.save}
        </Button>
      </footer>
    </form>
  );
}
