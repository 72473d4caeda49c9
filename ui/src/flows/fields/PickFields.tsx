/** Steps that point at one thing: a queue, another flow, an outcome. */
import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import type { End, HandOver, StartFlow } from "../../api/schema.gen";
import { builderWords as words } from "../../words/flows";
import type { FieldsProps } from "../StepPanel";

const OPEN = { value: "0", label: words.chooseOne };

export function HandOverFields({ step, known, change, problem }: FieldsProps<HandOver>) {
  return (
    <>
      <NativeSelect
        label={words.queue}
        data={[OPEN, ...known.queues]}
        value={String(step.queue_id)}
        error={problem("queue_id")}
        onChange={(event) => change({ queue_id: Number(event.currentTarget.value) })}
      />
      <Textarea
        label={words.note}
        rows={3}
        maxLength={1000}
        value={step.note ?? ""}
        onChange={(event) => change({ note: event.currentTarget.value }, "note")}
      />
    </>
  );
}

export function StartFlowFields({ step, known, change, problem }: FieldsProps<StartFlow>) {
  return (
    <NativeSelect
      label={words.flow}
      data={[OPEN, ...known.flows]}
      value={String(step.flow_id)}
      error={problem("flow_id")}
      onChange={(event) => change({ flow_id: Number(event.currentTarget.value) })}
    />
  );
}

export function EndFields({ step, change, problem }: FieldsProps<End>) {
  return (
    <TextInput
      label={words.outcomeField}
      description={words.outcomeHint}
      maxLength={60}
      value={step.outcome ?? "done"}
      error={problem("outcome")}
      onChange={(event) => change({ outcome: event.currentTarget.value }, "outcome")}
    />
  );
}
