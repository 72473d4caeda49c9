/** How long to wait: for some time, until a moment, then to a time of the day. */
import { TextInput } from "@mantine/core";
import type { Wait } from "../../api/schema.gen";
import { builderWords as words } from "../../words/flows";
import type { FieldsProps } from "../StepPanel";
import { Duration } from "./Duration";
import { Expression } from "./Expression";

export function WaitFields({ step, change, problem }: FieldsProps<Wait>) {
  return (
    <>
      <Duration
        label={words.seconds}
        seconds={step.seconds ?? null}
        error={problem("seconds")}
        onChange={(seconds) => change({ seconds }, "seconds")}
      />
      <Expression
        label={words.untilField}
        hint={words.untilHint}
        value={step.until ?? ""}
        error={problem("until")}
        onChange={(until) => change({ until: until || null }, "until")}
      />
      <TextInput
        type="time"
        label={words.timeOfDay}
        value={step.time_of_day ?? ""}
        error={problem("time_of_day")}
        onChange={(event) => change({ time_of_day: event.currentTarget.value || null }, "time_of_day")}
      />
    </>
  );
}
