/** How long to listen, and the replies that lead their own way. */
import { Button } from "@mantine/core";
import type { Answer, AwaitReply } from "../../api/schema.gen";
import { builderWords as words } from "../../words/flows";
import css from "../flows.module.css";
import type { FieldsProps } from "../StepPanel";
import { Duration } from "./Duration";
import { Expression } from "./Expression";
import { ListField } from "./ListField";

export function ReplyFields({ step, change, problem }: FieldsProps<AwaitReply>) {
  const answers = step.answers ?? [];
  const replace = (place: number, part: Partial<Answer>) =>
    change(
      { answers: answers.map((one, at) => (at === place ? { ...one, ...part } : one)) },
      `answers ${place}`,
    );
  return (
    <>
      <Duration
        label={words.listenFor}
        seconds={step.seconds}
        error={problem("seconds")}
        onChange={(seconds) => change({ seconds: seconds ?? 60 }, "seconds")}
      />
      <fieldset className={css.group}>
        <legend>{words.answers}</legend>
        {answers.map((answer, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an answer is its place
          <div key={place} className={css.card}>
            <ListField
              label={words.answerWords(place + 1)}
              hint={place === 0 ? words.wordsHint : undefined}
              values={answer.words ?? []}
              error={problem(`answers[${place}]`)}
              onChange={(said) => replace(place, { words: said })}
            />
            <Expression
              label={words.answerWhen(place + 1)}
              value={answer.when ?? ""}
              error={problem(`answers[${place}].when`)}
              onChange={(when) => replace(place, { when: when || null })}
            />
            <Button
              size="compact-xs"
              variant="subtle"
              color="red"
              onClick={() => change({ answers: answers.filter((_, at) => at !== place) })}
            >
              {words.removeAnswer(place + 1)}
            </Button>
          </div>
        ))}
        <Button
          size="compact-xs"
          variant="default"
          disabled={answers.length >= 20}
          onClick={() => change({ answers: [...answers, { words: [], when: null, next: null }] })}
        >
          {words.addAnswer}
        </Button>
      </fieldset>
    </>
  );
}
