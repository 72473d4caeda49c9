/** What begins the flow, for whom, how often, and from which number it texts. */
import { NativeSelect, TextInput } from "@mantine/core";
import type { Definition } from "../api/schema.gen";
import { flowWords, builderWords as words } from "../words/flows";
import { timedWords as timed } from "../words/timed-flows";
import { stepOptions } from "./Exits";
import { ApiExample } from "./fields/ApiExample";
import { CalledFields } from "./fields/CalledFields";
import { Expression } from "./fields/Expression";
import { OnDateFields, ScheduledFields } from "./fields/TimedFields";
import css from "./flows.module.css";
import { type FlowProblem, problemAt } from "./problems";
import type { FlowEditing } from "./useFlowEditor";
import type { Known } from "./useKnown";

const INSTANT = "instant";
const CALLED = "webhook";
const SCHEDULED = "scheduled";
const ON_DATE = "on_date";
type Trigger = Definition["trigger"];

/** What is chosen, with what may stand there at first: tomorrow at nine, here. */
function triggerOf(chosen: string): Trigger {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (chosen === INSTANT) return { kind: INSTANT };
  if (chosen === CALLED) return { kind: CALLED };
  if (chosen === ON_DATE) return { kind: ON_DATE, attribute: "", time_of_day: "09:00", zone };
  if (chosen !== SCHEDULED) return { kind: "automated", event: chosen };
  const tomorrow = new Date(Date.now() + 86_400_000);
  const day = [tomorrow.getFullYear(), tomorrow.getMonth() + 1, tomorrow.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
  return { kind: SCHEDULED, begins: `${day}T09:00`, zone, tag: "" };
}

interface Props {
  editing: FlowEditing;
  known: Known;
  problems: readonly FlowProblem[];
}

export function TriggerPanel({ editing, known, problems }: Props) {
  const { work, changeWork, changeDraft } = editing;
  const { trigger, first, again = "after_end" } = work.draft;
  const problem = (field: string) => problemAt(problems, "", field);
  const set = (part: Partial<Definition>, about: string | null = null) =>
    changeDraft((draft) => ({ ...draft, ...part }), about);
  const patch = (part: Partial<Trigger>, about: string | null = null) =>
    set({ trigger: { ...trigger, ...part } as Trigger }, about);
  return (
    <div className={css.form}>
      <h3>{words.trigger}</h3>
      <TextInput
        label={flowWords.name}
        maxLength={200}
        value={work.name}
        error={work.name.trim() ? problem("name") : words.needsName}
        onChange={(event) => changeWork({ name: event.currentTarget.value }, "name")}
      />
      <NativeSelect
        label={words.begins}
        data={[
          { value: INSTANT, label: words.instant },
          { value: CALLED, label: timed.called },
          { value: SCHEDULED, label: timed.scheduled },
          { value: ON_DATE, label: timed.onDate },
          ...Object.entries(flowWords.events).map(([value, label]) => ({ value, label })),
        ]}
        value={trigger.kind === "automated" ? (trigger.event ?? "api") : trigger.kind}
        error={problem("trigger.event")}
        onChange={(event) => set({ trigger: triggerOf(event.currentTarget.value) })}
      />
      {trigger.kind === "automated" && (
        <Expression
          label={words.onlyWhen}
          hint={words.onlyWhenHint}
          value={trigger.when ?? ""}
          error={problem("trigger.when")}
          onChange={(when) => patch({ when: when || null }, "trigger.when")}
        />
      )}
      {trigger.kind === CALLED && (
        <CalledFields flowId={editing.flowId} trigger={trigger} problem={problem} onChange={patch} />
      )}
      {trigger.kind === SCHEDULED && <ScheduledFields trigger={trigger} problem={problem} onChange={patch} />}
      {trigger.kind === ON_DATE && <OnDateFields trigger={trigger} problem={problem} onChange={patch} />}
      <NativeSelect
        label={words.again}
        data={Object.entries(words.agains).map(([value, label]) => ({ value, label }))}
        value={again}
        onChange={(event) => set({ again: event.currentTarget.value as Definition["again"] })}
      />
      <NativeSelect
        label={words.sendFrom}
        data={[...known.numbers]}
        value={String(work.number_id)}
        error={problem("number_id")}
        onChange={(event) => changeWork({ number_id: Number(event.currentTarget.value) })}
      />
      <NativeSelect
        label={words.firstStep}
        data={stepOptions(work.draft)}
        value={first}
        error={problem("first")}
        onChange={(event) => set({ first: event.currentTarget.value })}
      />
      {trigger.kind === "automated" && (trigger.event ?? "api") === "api" && (
        <ApiExample flowId={editing.flowId} draft={work.draft} templates={known.templates} />
      )}
    </div>
  );
}
