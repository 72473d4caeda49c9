/** Changing one's own password. */
import { Button, Modal, PasswordInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { changePassword } from "../api/calls";
import { ApiError, sentenceOf } from "../api/client";
import { Notice } from "../blocks/Small";
import { say } from "../blocks/toasts";
import { useKeys } from "../keys/keys";
import { common } from "../words/common";
import { passwordWords as words } from "../words/shell";
import css from "./overlay.module.css";

export default function PasswordDialog({ onClose }: { onClose: () => void }) {
  useKeys({}, { modal: true });
  const [current, setCurrent] = useState("");
  const [fresh, setFresh] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await changePassword(current, fresh);
      say(words.done);
      onClose();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  const problems = error instanceof ApiError ? error.fields : {};
  return (
    <Modal opened onClose={onClose} title={words.title}>
      <form className={css.form} onSubmit={submit}>
        <PasswordInput
          data-autofocus
          label={words.current}
          autoComplete="current-password"
          required
          value={current}
          error={problems.current_password}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label={words.fresh}
          description={words.hint}
          autoComplete="new-password"
          required
          value={fresh}
          error={problems.new_password}
          onChange={(event) => setFresh(event.currentTarget.value)}
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
            {words.submit}
          </Button>
        </footer>
      </form>
    </Modal>
  );
}
