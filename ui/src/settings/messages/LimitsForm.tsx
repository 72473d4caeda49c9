/** How many automated texts one customer may get, and whose language is used when theirs has no text. */
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { changeLimits } from "../../api/behaviour-calls";
import type { Limits } from "../../api/schema.gen";
import { say, sayFailed } from "../../blocks/toasts";
import { languageOf, messagesWords as words } from "../../words/automation";
import { common } from "../../words/common";
import { settings } from "../../words/settings";
import css from "./messages.module.css";

export function LimitsForm({ limits }: { limits: Limits }) {
  const [hour, setHour] = useState(String(limits.most_an_hour));
  const [day, setDay] = useState(String(limits.most_a_day));
  const [language, setLanguage] = useState(limits.fallback_language);
  const queries = useQueryClient();
  const body = { most_an_hour: Number(hour), most_a_day: Number(day), fallback_language: language };
  const unchanged = JSON.stringify(body) === JSON.stringify(pick(limits));
  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await changeLimits(body);
      await queries.invalidateQueries({ queryKey: ["settings"] });
      say(words.saved);
    } catch (error) {
      sayFailed(settings.saveFailed, error);
    }
  };
  return (
    <form className={css.section} onSubmit={(event) => void save(event)}>
      <h3>{words.limits}</h3>
      <p>{words.limitsHint}</p>
      <div className={css.limits}>
        <TextInput
          label={words.mostAnHour}
          type="number"
          min={1}
          max={100}
          value={hour}
          onChange={(event) => setHour(event.currentTarget.value)}
        />
        <TextInput
          label={words.mostADay}
          type="number"
          min={1}
          max={1000}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <NativeSelect
          label={words.fallbackLanguage}
          value={language}
          data={[...new Set([language, ...words.codes])].map((code) => ({
            value: code,
            label: languageOf(code),
          }))}
          onChange={(event) => setLanguage(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={unchanged}>
          {common.save}
        </Button>
      </div>
    </form>
  );
}

const pick = ({ most_an_hour, most_a_day, fallback_language }: Limits) => ({
  most_an_hour,
  most_a_day,
  fallback_language,
});
