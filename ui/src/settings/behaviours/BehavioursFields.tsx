/** What happens by itself on one number, compact: hours, greeting, out of hours, survey. Each choice is saved at once. */
import { Button, NativeSelect, Switch, Textarea } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { automatedMessages, automationLimits, setAutomated } from "../../api/behaviour-calls";
import type { AutomatedMessages, Calendar, Trigger } from "../../api/schema.gen";
import { changeRow } from "../../api/settings-calls";
import type { SmsNumber, Workstream } from "../../api/settings-types";
import { LoadingFace } from "../../blocks/Faces";
import { sayFailed } from "../../blocks/toasts";
import { messagesWords, surveyWords, triggerWords } from "../../words/automation";
import { common } from "../../words/common";
import { hoursWords } from "../../words/hours";
import { settings } from "../../words/settings";
import css from "../messages/messages.module.css";
import { costOf, messageFor, sampleOf, textsOf } from "../messages/wording";
import { useRows } from "../useRows";
import { calendarField } from "./calendarField";

export function BehavioursFields({ number }: { number: SmsNumber }) {
  const calendars = useRows<Calendar>("calendars");
  const workstreams = useRows<Workstream>("workstreams");
  const messages = useQuery({ queryKey: ["settings", "automated-messages"], queryFn: automatedMessages });
  const limits = useQuery({ queryKey: ["settings", "automation-limits"], queryFn: automationLimits });
  const keep = useKeeping();
  const workstream = workstreams.data?.find((one) => one.id === number.workstream_id);
  if (!calendars.data || !messages.data || !limits.data || !workstream) return <LoadingFace lines={3} />;
  const field = calendarField(calendars.data, hoursWords.numberHint);
  const language = limits.data.fallback_language;
  return (
    <div className={css.behaviours}>
      <NativeSelect
        label={field.label}
        description={field.hint}
        data={[...(field.options ?? [])]}
        value={number.calendar_id ?? ""}
        onChange={(event) => {
          const id = event.currentTarget.value;
          keep(changeRow("numbers", number.id, { calendar_id: id ? Number(id) : null }));
        }}
      />
      {(["greeting", "out_of_hours"] as const).map((trigger) => (
        <MessageToggle
          key={trigger}
          trigger={trigger}
          messages={messages.data}
          numberId={number.id}
          language={language}
          keep={keep}
        />
      ))}
      <SurveyToggle workstream={workstream} language={language} keep={keep} />
    </div>
  );
}

type Keep = (what: Promise<unknown>) => void;

function useKeeping(): Keep {
  const queries = useQueryClient();
  return (what) =>
    void what
      .then(() => queries.invalidateQueries({ queryKey: ["settings"] }))
      .catch((error: unknown) => sayFailed(settings.saveFailed, error));
}

interface MessageProps {
  trigger: Trigger;
  messages: AutomatedMessages;
  numberId: number;
  language: string;
  keep: Keep;
}

function MessageToggle({ trigger, messages, numberId, language, keep }: MessageProps) {
  const { message } = messageFor(messages.items, trigger, numberId);
  const texts = message ? textsOf(message) : {};
  const [typed, setTyped] = useState<string | null>(null);
  if (!message) return null;
  const text = typed ?? texts[language] ?? "";
  const cost = costOf(sampleOf(text, message.placeholders, language), messages.part_price);
  const save = (active: boolean) => {
    keep(setAutomated(trigger, numberId, { active, texts: { ...texts, [language]: text } }));
    setTyped(null);
  };
  return (
    <div className={css.toggle}>
      <Switch
        label={triggerWords[trigger].name}
        description={triggerWords[trigger].when}
        checked={message.active}
        onChange={(event) => save(event.currentTarget.checked)}
      />
      {message.active && (
        <>
          <Textarea
            aria-label={messagesWords.text(triggerWords[trigger].name)}
            rows={2}
            value={text}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <p className={css.sample}>
            {messagesWords.parts(cost.parts.parts)}
            {cost.price &&
              messages.part_price &&
              `, ${messagesWords.price(cost.price, messages.part_price.currency)}`}{" "}
            {typed !== null && typed !== texts[language] && (
              <Button size="compact-xs" variant="default" onClick={() => save(true)}>
                {common.save}
              </Button>
            )}
          </p>
        </>
      )}
    </div>
  );
}

interface SurveyProps {
  workstream: Workstream;
  language: string;
  keep: Keep;
}

function SurveyToggle({ workstream, language, keep }: SurveyProps) {
  const { survey } = workstream;
  const turn = (active: boolean) => {
    const { starter, thanksStarter } = surveyWords;
    const empty = Object.keys(survey.questions ?? {}).length === 0;
    const words = {
      questions: { [language]: starter[language] ?? starter.en ?? "" },
      thanks: { [language]: thanksStarter[language] ?? thanksStarter.en ?? "" },
    };
    const value = { ...survey, ...(empty ? words : {}), active };
    keep(changeRow("workstreams", workstream.id, { survey: value }));
  };
  return (
    <Switch
      label={surveyWords.active}
      description={surveyWords.activeHint}
      checked={survey.active === true}
      onChange={(event) => turn(event.currentTarget.checked)}
    />
  );
}
