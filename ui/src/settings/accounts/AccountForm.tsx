/** Changing an account; secrets are only ever replaced, never shown. */
import { Button, Modal, NumberInput, Switch, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError, sentenceOf } from "../../api/client";
import { changeRow, removeRow } from "../../api/settings-calls";
import type { Provider, ProviderAccount } from "../../api/settings-types";
import { Notice } from "../../blocks/Small";
import { say } from "../../blocks/toasts";
import { useKeys } from "../../keys/keys";
import { common } from "../../words/common";
import { settings, accountWords as words } from "../../words/settings";
import { wizardWords } from "../../words/wizard";
import css from "../settings.module.css";
import { useRowNavigation } from "../useRows";
import { CredentialInput } from "./CredentialInput";

interface Props {
  account: ProviderAccount;
  provider: Provider;
  onClose: () => void;
}

export function AccountForm({ account, provider, onClose }: Props) {
  useKeys({}, { modal: true });
  const [name, setName] = useState(account.name);
  const [url, setUrl] = useState(account.api_base_url);
  const [active, setActive] = useState(account.active);
  const [rawDays, setRawDays] = useState(account.keep_raw_days);
  const [budget, setBudget] = useState<number | string>(account.monthly_budget ?? "");
  const [currency, setCurrency] = useState(account.currency);
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
    const changes: Record<string, unknown> = {
      name,
      api_base_url: url,
      active,
      keep_raw_days: rawDays,
      monthly_budget: budget === "" ? null : Number(budget),
      currency: currency.trim().toUpperCase(),
    };
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
          label={provider.api_base_url === null ? wizardWords.endpoint : wizardWords.baseUrl}
          description={provider.api_base_url === null ? wizardWords.endpointHint : wizardWords.baseUrlHint}
          value={url}
          error={problems.api_base_url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <Switch
          label={settings.active}
          checked={active}
          onChange={(event) => setActive(event.currentTarget.checked)}
        />
        <NumberInput
          label={words.rawDays}
          description={words.rawDaysHint}
          value={rawDays}
          min={0}
          max={365}
          error={problems.keep_raw_days}
          onChange={(value) => setRawDays(Number(value) || 0)}
        />
        <NumberInput
          label={words.budget}
          description={words.budgetHint}
          value={budget}
          min={0}
          error={problems.monthly_budget}
          onChange={setBudget}
        />
        <TextInput
          label={words.currency}
          description={words.currencyHint}
          value={currency}
          required
          maxLength={3}
          error={problems.currency}
          onChange={(event) => setCurrency(event.currentTarget.value)}
        />
        <h3 className={css.group}>{words.credentials}</h3>
        {provider.credentials.map((one) => (
          <CredentialInput
            key={one.name}
            credential={one}
            value={secrets[one.name] ?? ""}
            known={account.credentials[one.name]}
            problem={problems[`credentials.${one.name}`]}
            onChange={(value) => setSecrets((held) => ({ ...held, [one.name]: value }))}
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
