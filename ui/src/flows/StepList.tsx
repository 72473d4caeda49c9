/** The steps as a list, with all that the graph can do: edit, connect, remove, by buttons and select boxes. */
import { ActionIcon, Button, NativeSelect } from "@mantine/core";
import type { Definition } from "../api/schema.gen";
import { Icon } from "../blocks/Icon";
import { Tag } from "../blocks/Small";
import { builderWords as words } from "../words/flows";
import { Exits, stepOptions } from "./Exits";
import { connect, readingOrder, TRIGGER } from "./graph";
import css from "./list.module.css";
import type { FlowProblem } from "./problems";
import { beginsBy, summaryOf, titleOf } from "./summary";
import type { Known } from "./useKnown";

interface Props {
  flow: Definition;
  known: Known;
  problems: readonly FlowProblem[];
  chosen: string | null;
  onChoose: (name: string) => void;
  onChange: (to: (draft: Definition) => Definition) => void;
  onRemove: (name: string) => void;
}

export function StepList({ flow, known, problems, chosen, onChoose, onChange, onRemove }: Props) {
  return (
    <ol className={css.list} aria-label={words.stepsList}>
      <li data-selected={chosen === TRIGGER}>
        <div className={css.listHead}>
          <b>{words.trigger}</b>
          <span>{beginsBy(flow.trigger)}</span>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={words.edit(words.trigger)}
            onClick={() => onChoose(TRIGGER)}
          >
            {words.editShort}
          </Button>
        </div>
        <NativeSelect
          label={words.firstStep}
          data={stepOptions(flow)}
          value={flow.first}
          onChange={(event) => {
            const first = event.currentTarget.value;
            onChange((draft) => connect(draft, TRIGGER, "next", first));
          }}
        />
      </li>
      {readingOrder(flow).map((name) => {
        const step = flow.steps[name];
        if (!step) return null;
        const title = titleOf(step);
        return (
          <li key={name} data-selected={chosen === name}>
            <div className={css.listHead}>
              <b>{title}</b>
              <span>{summaryOf(step, known.names)}</span>
              {problems.some((one) => one.step === name) && (
                <Tag tone="bad" icon="warn">
                  {words.wrong}
                </Tag>
              )}
              <Button
                size="compact-xs"
                variant="default"
                aria-label={words.edit(title)}
                onClick={() => onChoose(name)}
              >
                {words.editShort}
              </Button>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={words.removeNamed(title)}
                disabled={Object.keys(flow.steps).length === 1}
                onClick={() => onRemove(name)}
              >
                <Icon name="close" />
              </ActionIcon>
            </div>
            <Exits name={name} step={step} flow={flow} problems={problems} onChange={onChange} />
          </li>
        );
      })}
    </ol>
  );
}
