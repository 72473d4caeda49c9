/** The form of one calendar, with what it says now while it is edited. */
import { Button, Modal, NativeSelect, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError, sentenceOf } from "../../api/client";
import type { Calendar } from "../../api/schema.gen";
import { changeRow, createRow, removeRow } from "../../api/settings-calls";
import { Notice } from "../../blocks/Small";
import { say } from "../../blocks/toasts";
import { useKeys } from "../../keys/keys";
import { common } from "../../words/common";
import { hoursWords as words } from "../../words/hours";
import { settings } from "../../words/settings";
import css from "../settings.module.css";
import { type CalendarDraft, draftOf, trialOf } from "./calendar";
import { Holidays } from "./Holidays";
import { Preview } from "./NowLine";
import { SpecialDays } from "./SpecialDays";
import { WeekGrid } from "./WeekGrid";

const ZONES = Intl.supportedValuesOf("timeZone");

interface Props {
  row: Calendar | null;
  onClose: () => void;
}

export function CalendarForm({ row, onClose }: Props) {
  useKeys({}, { modal: true });
  const [draft, setDraft] = useState<CalendarDraft>(() => draftOf(row));
  const { busy, error, act } = useActing(onClose);
  const change = (part: Partial<CalendarDraft>) => setDraft((held) => ({ ...held, ...part }));
  const problems = error instanceof ApiError ? error.fields : {};
  const save = (event: FormEvent) => {
    event.preventDefault();
    const body = { ...draft };
    void act(async () => {
      if (row) await changeRow("calendars", row.id, body);
      else await createRow("calendars", body);
      return row ? settings.saved : settings.added;
    });
  };
  const remove = () =>
    void act(async () => {
      if (row) await removeRow("calendars", row.id);
      return settings.removed;
    });
  const zones = ZONES.includes(draft.time_zone) ? ZONES : [draft.time_zone, ...ZONES];
  return (
    <Modal opened onClose={onClose} title={row?.name ?? settings.add.calendars} size={760}>
      <form className={css.form} onSubmit={save}>
        <TextInput
          label={words.name}
          description={words.nameHint}
          required
          data-autofocus
          value={draft.name}
          error={problems.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <NativeSelect
          label={words.zone}
          data={zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
          value={draft.time_zone}
          error={problems.time_zone}
          onChange={(event) => change({ time_zone: event.currentTarget.value })}
        />
        <Preview trial={trialOf(draft)} />
        <h3 className={css.group}>{words.week}</h3>
        <p>{words.weekHint}</p>
        <WeekGrid week={draft.week} problems={problems} onChange={(week) => change({ week })} />
        <h3 className={css.group}>{words.holidays}</h3>
        <Holidays value={draft.holidays} onChange={(holidays) => change({ holidays })} />
        <h3 className={css.group}>{words.special}</h3>
        <p>{words.specialHint}</p>
        <SpecialDays
          days={draft.special_days}
          problems={problems}
          onChange={(special_days) => change({ special_days })}
        />
        {error !== null && (
          <div role="alert">
            <Notice tone="bad" icon="warn">
              {sentenceOf(error)}
            </Notice>
          </div>
        )}
        <footer className={css.formFoot}>
          {row && (
            <Button variant="subtle" color="red" onClick={remove} loading={busy}>
              {common.remove}
            </Button>
          )}
          <Button className={css.push} variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={busy}>
            {row ? common.save : settings.add.calendars}
          </Button>
        </footer>
      </form>
    </Modal>
  );
}

function useActing(onDone: () => void) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const queries = useQueryClient();
  const act = async (what: () => Promise<string>) => {
    setBusy(true);
    setError(null);
    try {
      const done = await what();
      await queries.invalidateQueries({ queryKey: ["settings"] });
      say(done);
      onDone();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, act };
}
