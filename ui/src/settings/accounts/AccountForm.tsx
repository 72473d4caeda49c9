/** Changing an account; secrets are only ever replaced, never shown. */
import { Button, Modal, NativeSelect, PasswordInput, Switch, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError, sentenceOf } from "../../api/client";
import { changeRow, removeRow } from "../../api/settings-calls";
import type { ProviderAccount } from "../../api/settings-types";
import { Notice } from "../../blocks/Small";
import { say } from "../../blocks/toasts";
import { useKeys } from "../../keys/keys";
import { common } from "../../words/common";
import { settings, accountWords as words } from "../../words/settings";
import css from "../settings.module.css";
import { useRowNavigation } from "../useRows";
import { SECRETS, secretLabel } from "./secrets";

export function AccountForm({ account, onClose }: { account: ProviderAccount; onClose: () => void }) {
  useKeys({}, { modal: true });
  const [name, setName] = useState(account.name);
  const [url, setUrl] = useState(account.api_base_url);
  const [mode, setMode] = useState(account.signature_mode);
  const [active, setActive] = useState(account.active);
  const [secrets, setSecrets] = useState<Record<string, string>>({});
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  const go = useRowNavigation("provider-accounts");
  const act = async (what: () => Promise<unknown>, done: string, after: () => void) => {
    setBusy(true);
    setError(null);
    try {
      await what();
      await queries.invalidateQueries({ queryKey: ["settings"] });
      say(done);
      after();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    const typed = Object.fromEntries(Object.entries(secrets).filter(([, value]) => value.trim() !== ""));
    const changes: Record<string, unknown> = { name, api_base_url: url, signature_mode: mode, active };
    if (Object.keys(typed).length > 0) changes.credentials = typed;
    void act(() => changeRow("provider-accounts", account.id, changes), settings.saved, onClose);
  };
  const remove = () => void act(() => removeRow("provider-accounts", account.id), settings.removed, go.close);
  const problems = error instanceof ApiError ? error.fields : {};
  return (
    <Modal opened onClose={onClose} title={account.name} size="lg">
      <form className={css.form} onSubmit={save}>
        <TextInput
          label={words.name}
          value={name}
          required
          error={problems.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={words.baseUrl}
          description={words.baseUrlHint}
          value={url}
          error={problems.api_base_url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <NativeSelect
          label={words.signature}
          value={mode}
          data={Object.entries(words.signatureModes).map(([value, label]) => ({ value, label }))}
          onChange={(event) => setMode(event.currentTarget.value as ProviderAccount["signature_mode"])}
        />
        <Switch
          label={settings.active}
          checked={active}
          onChange={(event) => setActive(event.currentTarget.checked)}
        />
        <h3 className={css.group}>{words.credentials}</h3>
        {SECRETS.map((secret) => (
          <PasswordInput
            key={secret}
            label={secretLabel(secret)}
            placeholder={account.credentials[secret] ?? ""}
            description={account.credentials[secret] ? words.keepSecret : undefined}
            autoComplete="off"
            value={secrets[secret] ?? ""}
            error={problems[`credentials.${secret}`]}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setSecrets((held) => ({ ...held, [secret]: value }));
            }}
          />
        ))}
        {error !== null && (
          <Notice tone="bad" icon="warn">
            {sentenceOf(error)}
          </Notice>
        )}
        <footer className={css.formFoot}>
          <Button variant="subtle" color="red" disabled={busy} onClick={remove}>
            {common.remove}
          </Button>
          <Button className={css.push} variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={busy}>
            {common.save}
          </Button>
        </footer>
      </form>
    </Modal>
  );
}
