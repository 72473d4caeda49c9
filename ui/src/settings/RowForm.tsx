/** The form of one row, in a dialog: what is wrong stands at its field, what is in use is said on removing. */
import { Button, Modal } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { ApiError, sentenceOf } from "../api/client";
import { changeRow, createRow, type Resource, removeRow } from "../api/settings-calls";
import type { Row } from "../blocks/Rows";
import { Notice } from "../blocks/Small";
import { say } from "../blocks/toasts";
import { useKeys } from "../keys/keys";
import { common } from "../words/common";
import { settings as words } from "../words/settings";
import { FieldInput } from "./FieldInput";
import { changesOf, type Field, initialValues, type Values } from "./fields";
import css from "./settings.module.css";

interface Props<T extends Row> {
  resource: Resource;
  title: string;
  fields: readonly Field[];
  row: T | null;
  /** Shown below the fields of a saved row. */
  children?: ReactNode;
  removable?: boolean;
  onClose: () => void;
  /** Instead of closing when it is saved; null when it is removed. */
  onDone?: (saved: T | null) => void;
  /** What only the answer that made the row tells: it stays in sight until it is closed. */
  once?: (made: T) => ReactNode;
}

export function RowForm<T extends Row>(props: Props<T>) {
  const { resource, title, fields, row, children, removable = true, onClose, onDone, once } = props;
  useKeys({}, { modal: true });
  const shown = fields.filter((field) => (row === null ? !field.onlyKnown : !field.onlyNew));
  const known = row as Values | null;
  const [values, setValues] = useState(() => initialValues(shown, known));
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const [made, setMade] = useState<T | null>(null);
  const queries = useQueryClient();
  const changes = changesOf(shown, known, values);
  const nothing = row !== null && Object.keys(changes).length === 0;
  const act = async (what: () => Promise<T | null>, done: string) => {
    setBusy(true);
    setError(null);
    try {
      const saved = await what();
      await queries.invalidateQueries({ queryKey: ["settings"] });
      say(done);
      if (saved && !row && once) setMade(saved);
      else if (onDone) onDone(saved);
      else onClose();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    void act(
      () => (row ? changeRow<T>(resource, row.id, changes) : createRow<T>(resource, changes)),
      row ? words.saved : words.added,
    );
  };
  const remove = () =>
    void act(async () => {
      if (row) await removeRow(resource, row.id);
      return null;
    }, words.removed);
  if (made && once) {
    return (
      <Modal opened onClose={onClose} title={title} size="lg">
        {once(made)}
      </Modal>
    );
  }
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <form className={css.form} onSubmit={save}>
        {shown.map((field, place) => (
          <FieldInput
            key={field.name}
            field={field}
            first={place === 0}
            value={values[field.name]}
            problems={error instanceof ApiError ? error.fields : undefined}
            problem={error instanceof ApiError ? error.fields[field.name] : undefined}
            onChange={(value) => setValues((held) => ({ ...held, [field.name]: value }))}
          />
        ))}
        {children}
        <Problem error={error} shown={shown} />
        {asking ? (
          <Ask title={title} busy={busy} onKeep={() => setAsking(false)} onRemove={remove} />
        ) : (
          <footer className={css.formFoot}>
            {row && removable && (
              <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
                {common.remove}
              </Button>
            )}
            <Button className={css.push} variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button
              type="submit"
              loading={busy}
              disabled={nothing}
              title={nothing ? words.unchanged : undefined}
            >
              {row ? common.save : words.add[resource]}
            </Button>
          </footer>
        )}
      </form>
    </Modal>
  );
}

/** What is not about one of the fields on screen is said here. */
function Problem({ error, shown }: { error: unknown; shown: readonly Field[] }) {
  if (!error) return null;
  const fields = error instanceof ApiError ? error.fields : {};
  const names = shown.map((field) => field.name);
  // "id" is the row itself: the sentence above has said it already.
  const others = Object.entries(fields).filter(([name]) => name !== "id" && !names.includes(name));
  return (
    <div role="alert">
      <Notice tone="bad" icon="warn">
        {sentenceOf(error)}
        {others.map(([name, problem]) => (
          <p key={name}>
            {name}: {problem}
          </p>
        ))}
      </Notice>
    </div>
  );
}

interface AskProps {
  title: string;
  busy: boolean;
  onKeep: () => void;
  onRemove: () => void;
}

function Ask({ title, busy, onKeep, onRemove }: AskProps) {
  return (
    <Notice tone="warn" icon="warn">
      <p>
        <b>{words.removeAsk(title)}</b> {words.removeHint}
      </p>
      <div className={css.ask}>
        <Button variant="default" autoFocus onClick={onKeep}>
          {words.keep}
        </Button>
        <Button color="red" loading={busy} onClick={onRemove}>
          {common.remove}
        </Button>
      </div>
    </Notice>
  );
}
