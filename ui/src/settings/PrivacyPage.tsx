/** How long things are kept: what the next run would take out is said before it is saved. */
import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError, sentenceOf } from "../api/client";
import { changeRetention, previewRetention, readRetention } from "../api/privacy-calls";
import type { Retention } from "../api/schema.gen";
import { ErrorFace, LoadingFace } from "../blocks/Faces";
import { PageHead } from "../blocks/Rows";
import { Notice } from "../blocks/Small";
import { say } from "../blocks/toasts";
import { plural } from "../words/common";
import { retention as words } from "../words/privacy";
import { settings } from "../words/settings";
import { FieldInput } from "./FieldInput";
import { changesOf, type Field, initialValues, type Values } from "./fields";
import css from "./settings.module.css";

const days = { kind: "number", min: 1, max: 36_500 } as const;
const FIELDS: readonly Field[] = [
  { name: "texts_days", label: words.texts, hint: words.textsHint, ...days },
  { name: "files_days", label: words.files, hint: words.filesHint, ...days },
  { name: "events_days", label: words.events, hint: words.eventsHint, ...days },
];

export default function PrivacyPage() {
  const kept = useQuery({ queryKey: ["settings", "retention"], queryFn: readRetention });
  return (
    <>
      <PageHead title={settings.pages.privacy ?? ""} about={settings.about.privacy} />
      {kept.isPending ? (
        <LoadingFace />
      ) : kept.isError ? (
        <ErrorFace title={settings.readFailed} error={kept.error} onRetry={() => void kept.refetch()} />
      ) : (
        <RetentionForm key={JSON.stringify(kept.data)} kept={kept.data} />
      )}
    </>
  );
}

function RetentionForm({ kept }: { kept: Retention }) {
  const known = kept as unknown as Values;
  const [values, setValues] = useState(() => initialValues(FIELDS, known));
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  const changes = changesOf(FIELDS, known, values);
  const changed = Object.keys(changes).length > 0;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await changeRetention(changes);
      say(settings.saved);
      await queries.invalidateQueries({ queryKey: ["settings", "retention"] });
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  const fields = error instanceof ApiError ? error.fields : {};
  return (
    <form className={css.form} style={{ maxWidth: 560 }} onSubmit={(event) => void save(event)}>
      <h3>{words.title}</h3>
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
      {changed && <WouldGo changes={changes} />}
      {error !== null && (
        <Notice tone="bad" icon="warn">
          {sentenceOf(error)}
        </Notice>
      )}
      <Button type="submit" loading={busy} disabled={!changed} style={{ alignSelf: "flex-start" }}>
        {words.save}
      </Button>
    </form>
  );
}

function WouldGo({ changes }: { changes: Values }) {
  const [asked] = useDebouncedValue(JSON.stringify(changes), 400);
  const told = useQuery({
    queryKey: ["retention-preview", asked],
    queryFn: () => previewRetention(JSON.parse(asked)),
    retry: false,
  });
  if (told.isPending) return <p>{words.counting}</p>;
  if (told.isError) {
    return (
      <Notice tone="bad" icon="warn">
        {words.countFailed}: {sentenceOf(told.error)}
      </Notice>
    );
  }
  const { texts = 0, files = 0, events = 0, recipients = 0 } = told.data.would_remove;
  const held = told.data.contacts_on_hold;
  const some = texts + files + events + recipients > 0;
  return (
    <div role="status">
      <Notice tone={some ? "warn" : "plain"} icon={some ? "warn" : "check"}>
        <p>
          {some
            ? words.wouldGo({
                texts: plural(texts, "text"),
                files: plural(files, "file"),
                events: plural(events, "event"),
                recipients: plural(recipients, "recipient"),
              })
            : words.nothing}
        </p>
        {held > 0 && <p>{words.held(plural(held, "contact"))}</p>}
      </Notice>
    </div>
  );
}
