/** The survey of a workstream: on or off, the question and the thanks by language. */
import { Switch, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { automatedMessages, automationLimits } from "../../api/behaviour-calls";
import type { Survey } from "../../api/schema.gen";
import { surveyWords as words } from "../../words/automation";
import { WordingFields } from "../messages/WordingFields";

interface Props {
  value: Survey;
  problems: Record<string, string>;
  onChange: (value: Survey) => void;
}

export function SurveyFields({ value, problems, onChange }: Props) {
  const messages = useQuery({ queryKey: ["settings", "automated-messages"], queryFn: automatedMessages });
  const limits = useQuery({ queryKey: ["settings", "automation-limits"], queryFn: automationLimits });
  const fallback = limits.data?.fallback_language ?? "en";
  const ended = messages.data?.items.find((one) => one.trigger === "conversation_ended");
  const price = messages.data?.part_price ?? null;
  const first = (texts: Record<string, string>) => texts[fallback] ?? texts.en ?? "";
  const turn = (active: boolean) =>
    onChange(
      active && Object.keys(value.questions ?? {}).length === 0
        ? {
            ...value,
            active,
            questions: { [fallback]: first(words.starter) },
            thanks: { [fallback]: first(words.thanksStarter) },
          }
        : { ...value, active },
    );
  return (
    <>
      <Switch
        label={words.active}
        description={words.activeHint}
        checked={value.active === true}
        onChange={(event) => turn(event.currentTarget.checked)}
      />
      {value.active && (
        <>
          <WordingFields
            texts={value.questions ?? {}}
            placeholders={ended?.placeholders ?? []}
            price={price}
            fallback={fallback}
            problems={problems}
            field="survey.questions"
            label={(language) => `${words.question}, ${language}`}
            onChange={(questions) => onChange({ ...value, questions })}
          />
          <WordingFields
            texts={value.thanks ?? {}}
            placeholders={[]}
            price={price}
            fallback={fallback}
            problems={problems}
            field="survey.thanks"
            label={(language) => `${words.thanks}, ${language}`}
            onChange={(thanks) => onChange({ ...value, thanks })}
          />
          <TextInput
            label={words.answerHours}
            type="number"
            min={1}
            max={720}
            maw={240}
            value={String(value.answer_hours ?? 24)}
            onChange={(event) => onChange({ ...value, answer_hours: Number(event.currentTarget.value) })}
          />
        </>
      )}
    </>
  );
}
