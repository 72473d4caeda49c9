/** Where a step leads, a select box for each way out. */
import { NativeSelect } from "@mantine/core";
import type { Definition } from "../api/schema.gen";
import { flowWords, builderWords as words } from "../words/flows";
import { type AnyStep, connect, exitsOf, readingOrder } from "./graph";
import css from "./list.module.css";
import { type FlowProblem, problemAt } from "./problems";
import { titleOf, wayWords } from "./summary";
import type { Option } from "./useKnown";

/** Steps by title; those with the same title carry their name too. */
export function stepOptions(flow: Definition): Option[] {
  const titles = Object.values(flow.steps).map(titleOf);
  return readingOrder(flow).flatMap((name) => {
    const step = flow.steps[name];
    if (!step) return [];
    const title = titleOf(step);
    const twice = titles.filter((one) => one === title).length > 1;
    return { value: name, label: twice ? `${title} (${name})` : title };
  });
}

interface Props {
  name: string;
  step: AnyStep;
  flow: Definition;
  problems: readonly FlowProblem[];
  onChange: (to: (draft: Definition) => Definition) => void;
}

export function Exits({ name, step, flow, problems, onChange }: Props) {
  const exits = exitsOf(step);
  if (exits.length === 0) return null;
  const options = [{ value: "", label: flowWords.endsHere }, ...stepOptions(flow)];
  return (
    <div className={css.exits}>
      {exits.map(({ way, to }) => (
        <NativeSelect
          key={way}
          label={words.leadsTo(wayWords(step, way))}
          data={options}
          value={to ?? ""}
          error={problemAt(problems, name, way)}
          onChange={(event) => {
            const target = event.currentTarget.value || null;
            onChange((draft) => connect(draft, name, way, target));
          }}
        />
      ))}
    </div>
  );
}
