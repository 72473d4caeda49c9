/** Edits the chosen step. */
import { Button, TextInput } from "@mantine/core";
import type { Definition } from "../api/schema.gen";
import { Notice } from "../blocks/Small";
import { flowWords, builderWords as words } from "../words/flows";
import { Exits } from "./Exits";
import { CallFields } from "./fields/CallFields";
import { ContactFields } from "./fields/ContactFields";
import { BranchFields, SplitFields } from "./fields/ForkFields";
import { EndFields, HandOverFields, StartFlowFields } from "./fields/PickFields";
import { ReplyFields } from "./fields/ReplyFields";
import { SendFields } from "./fields/SendFields";
import { WaitFields } from "./fields/WaitFields";
import css from "./flows.module.css";
import { type AnyStep, setStep } from "./graph";
import { type FlowProblem, problemAt } from "./problems";
import type { Known } from "./useKnown";

/** What the fields of every kind of step are given. */
export interface FieldsProps<S extends AnyStep> {
  step: S;
  known: Known;
  /** `about` names the field, so that typing in it is one change to undo. */
  change: (part: Partial<S>, about?: string) => void;
  problem: (field: string) => string | undefined;
}

interface Props {
  name: string;
  step: AnyStep;
  flow: Definition;
  known: Known;
  problems: readonly FlowProblem[];
  onChange: (to: (draft: Definition) => Definition, about?: string | null) => void;
  onRemove: () => void;
}

export function StepPanel({ name, step, flow, known, problems, onChange, onRemove }: Props) {
  const problem = (field: string) => problemAt(problems, name, field);
  const change = (part: object, about?: string) =>
    onChange(
      (draft) => {
        const held = draft.steps[name];
        return held ? setStep(draft, name, { ...held, ...part } as AnyStep) : draft;
      },
      about ? `${name} ${about}` : null,
    );
  return (
    <div className={css.form}>
      <h3>{flowWords.kinds[step.kind]}</h3>
      {problem("") && (
        <Notice tone="bad" icon="warn">
          {problem("")}
        </Notice>
      )}
      <TextInput
        label={words.label}
        placeholder={flowWords.kinds[step.kind]}
        maxLength={100}
        value={step.title ?? ""}
        onChange={(event) => change({ title: event.currentTarget.value }, "title")}
      />
      <Fields step={step} shared={{ known, change, problem }} />
      <Exits name={name} step={step} flow={flow} problems={problems} onChange={onChange} />
      <Button
        variant="subtle"
        color="red"
        className={css.end}
        disabled={Object.keys(flow.steps).length === 1}
        onClick={onRemove}
      >
        {words.removeStep}
      </Button>
    </div>
  );
}

type Shared = Omit<FieldsProps<AnyStep>, "step" | "change"> & {
  change: (part: object, about?: string) => void;
};

function Fields({ step, shared }: { step: AnyStep; shared: Shared }) {
  switch (step.kind) {
    case "send":
      return <SendFields step={step} {...shared} />;
    case "wait":
      return <WaitFields step={step} {...shared} />;
    case "await_reply":
      return <ReplyFields step={step} {...shared} />;
    case "branch":
      return <BranchFields step={step} {...shared} />;
    case "split":
      return <SplitFields step={step} {...shared} />;
    case "set":
      return <ContactFields step={step} {...shared} />;
    case "start_flow":
      return <StartFlowFields step={step} {...shared} />;
    case "call":
      return <CallFields step={step} {...shared} />;
    case "hand_over":
      return <HandOverFields step={step} {...shared} />;
    case "end":
      return <EndFields step={step} {...shared} />;
  }
}
