/** A number's standing with the carriers: how much it has sent, and its registration to see and to set. */
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "../../api/client";
import { changeRegistration } from "../../api/settings-calls";
import type { Standing } from "../../api/settings-types";
import { Notice } from "../../blocks/Small";
import { say, sayFailed } from "../../blocks/toasts";
import { registrationWords as words } from "../../words/registration";
import { FieldInput } from "../FieldInput";
import { initialValues } from "../fields";
import css from "../settings.module.css";
import { bodyOf, detailsOf, fieldsOf, rowOf } from "./registration";

const figure = (parts: number) => parts.toLocaleString("en-US");

export function Registration({ standing }: { standing: Standing }) {
  return (
    <section className={css.panel} aria-label={words.title}>
      {standing.usage.length > 0 && <Caps standing={standing} />}
      {standing.kind === null ? (
        <p>{words.none}</p>
      ) : (
        <Form key={JSON.stringify(standing.registration)} standing={standing} kind={standing.kind} />
      )}
    </section>
  );
}

function Caps({ standing }: { standing: Standing }) {
  return (
    <>
      <h3>{words.caps}</h3>
      <ul>
        {standing.usage.map((one) => (
          <li key={one.period} className={one.near ? css.warn : undefined}>
            <meter min={0} max={one.cap} high={one.cap * 0.8} value={one.used + one.waiting} />{" "}
            {words.used(figure(one.used), figure(one.cap), words.periods[one.period] ?? "")}
            {one.waiting > 0 && `, ${words.waiting(figure(one.waiting))}`}
          </li>
        ))}
      </ul>
    </>
  );
}

function Form({ standing, kind }: { standing: Standing; kind: string }) {
  const [fields, details] = [fieldsOf(kind), detailsOf(kind)];
  const [values, setValues] = useState(() => initialValues([...fields, ...details], rowOf(standing)));
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  const body = bodyOf(standing, values);
  const save = async () => {
    setBusy(true);
    setProblems({});
    try {
      await changeRegistration(standing.number_id, body);
      await queries.invalidateQueries({ queryKey: ["settings"] });
      say(words.saved);
    } catch (error) {
      if (error instanceof ApiError) setProblems(error.fields);
      sayFailed(words.failed, error);
    } finally {
      setBusy(false);
    }
  };
  const inputs = (some: typeof fields) =>
    some.map((field) => (
      <FieldInput
        key={field.name}
        field={field}
        first={false}
        value={values[field.name]}
        problem={problems[field.name]}
        onChange={(value) => setValues((held) => ({ ...held, [field.name]: value }))}
      />
    ));
  return (
    <>
      <h3>{words.kinds[kind]}</h3>
      <p>{words.about}</p>
      {standing.refusal && (
        <Notice tone={standing.registration.override_reason ? "warn" : "bad"} icon="warn">
          {standing.refusal}
        </Notice>
      )}
      {inputs(fields)}
      <details>
        <summary>{words.told}</summary>
        <div className={css.form}>{inputs(details)}</div>
      </details>
      <Button
        className={css.push}
        variant="default"
        loading={busy}
        disabled={Object.keys(body).length === 0}
        onClick={() => void save()}
      >
        {words.save}
      </Button>
    </>
  );
}
