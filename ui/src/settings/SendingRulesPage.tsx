/** The centre's own rules for sending, beyond what law and carriers ask. */
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError, sentenceOf } from "../api/client";
import { changeSendingRules, readSendingRules } from "../api/consent-calls";
import type { SendingRules } from "../api/schema.gen";
import { ErrorFace, LoadingFace } from "../blocks/Faces";
import { PageHead } from "../blocks/Rows";
import { Notice } from "../blocks/Small";
import { say } from "../blocks/toasts";
import { sendingRules as words } from "../words/consent";
import { settings } from "../words/settings";
import { FieldInput } from "./FieldInput";
import { changesOf, type Field, initialValues, type Values } from "./fields";
import css from "./settings.module.css";

const FIELDS: readonly Field[] = [
  { name: "courtesy_hours", label: words.courtesy, hint: words.courtesyHint, kind: "switch" },
  { name: "own_cap_texts", label: words.cap, hint: words.capHint, kind: "number", min: 1, max: 1000 },
  { name: "own_cap_hours", label: words.capHours, kind: "number", min: 1, max: 720, required: true },
  {
    name: "confirm_days",
    label: words.confirm,
    hint: words.confirmHint,
    kind: "number",
    min: 1,
    max: 90,
    required: true,
  },
  { name: "spam_texts", label: words.spam, hint: words.spamHint, kind: "number", min: 5, max: 10_000 },
  { name: "spam_minutes", label: words.spamMinutes, kind: "number", min: 1, max: 1440, required: true },
];

export default function SendingRulesPage() {
  const rules = useQuery({ queryKey: ["settings", "sending-rules"], queryFn: readSendingRules });
  if (rules.isPending) return <LoadingFace />;
  if (rules.isError) {
    return <ErrorFace title={settings.readFailed} error={rules.error} onRetry={() => void rules.refetch()} />;
  }
  return (
    <>
      <PageHead title={settings.pages["sending-rules"] ?? ""} about={settings.about["sending-rules"]} />
      <RulesForm key={JSON.stringify(rules.data)} rules={rules.data} />
    </>
  );
}

function RulesForm({ rules }: { rules: SendingRules }) {
  const known = rules as unknown as Values;
  const [values, setValues] = useState(() => initialValues(FIELDS, known));
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  const changes = changesOf(FIELDS, known, values);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await changeSendingRules(changes);
      say(settings.saved);
      await queries.invalidateQueries({ queryKey: ["settings", "sending-rules"] });
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  const fields = error instanceof ApiError ? error.fields : {};
  return (
    <form className={css.form} style={{ maxWidth: 480 }} onSubmit={(event) => void save(event)}>
      {FIELDS.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          first={false}
          value={values[field.name]}
          problems={fields}
          problem={fields[field.name]}
          onChange={(value) => setValues((held) => ({ ...held, [field.name]: value }))}
        />
      ))}
      {error !== null && (
        <Notice tone="bad" icon="warn">
          {sentenceOf(error)}
        </Notice>
      )}
      <Button
        type="submit"
        loading={busy}
        disabled={Object.keys(changes).length === 0}
        style={{ alignSelf: "flex-start" }}
      >
        {words.save}
      </Button>
    </form>
  );
}
