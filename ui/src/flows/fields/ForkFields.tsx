/** Branches by condition, and splits by lot. */
import { Button, TextInput } from "@mantine/core";
import type { Branch, Split } from "../../api/schema.gen";
import { builderWords as words } from "../../words/flows";
import css from "../flows.module.css";
import type { FieldsProps } from "../StepPanel";
import { Expression } from "./Expression";

export function BranchFields({ step, change, problem }: FieldsProps<Branch>) {
  const { cases } = step;
  return (
    <>
      {cases.map((one, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a case is its place
        <div key={place} className={css.card}>
          <Expression
            label={words.caseWhen(place + 1)}
            hint={place === 0 ? words.caseHint : undefined}
            value={one.when}
            error={one.when ? problem(`cases[${place}].when`) : words.needsCondition}
            onChange={(when) =>
              change(
                { cases: cases.map((held, at) => (at === place ? { ...held, when } : held)) },
                `cases ${place}`,
              )
            }
          />
          {cases.length > 1 && (
            <Button
              size="compact-xs"
              variant="subtle"
              color="red"
              onClick={() => change({ cases: cases.filter((_, at) => at !== place) })}
            >
              {words.removeCase(place + 1)}
            </Button>
          )}
        </div>
      ))}
      <Button
        size="compact-xs"
        variant="default"
        disabled={cases.length >= 20}
        onClick={() => change({ cases: [...cases, { when: "reply.text == ''", next: null }] })}
      >
        {words.addCase}
      </Button>
    </>
  );
}

export function SplitFields({ step, change, problem }: FieldsProps<Split>) {
  const { ways } = step;
  const setWeight = (place: number, weight: number) =>
    change({ ways: ways.map((held, at) => (at === place ? { ...held, weight } : held)) }, `ways ${place}`);
  return (
    <>
      {ways.map((way, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a way is its place
        <div key={place} className={css.card}>
          <TextInput
            type="number"
            min={1}
            max={1000}
            label={words.weight(place + 1)}
            value={way.weight}
            error={problem(`ways[${place}].weight`)}
            onChange={(event) =>
              setWeight(
                place,
                Math.min(1000, Math.max(1, Math.round(Number(event.currentTarget.value)) || 1)),
              )
            }
          />
          {ways.length > 2 && (
            <Button
              size="compact-xs"
              variant="subtle"
              color="red"
              onClick={() => change({ ways: ways.filter((_, at) => at !== place) })}
            >
              {words.removeWay(place + 1)}
            </Button>
          )}
        </div>
      ))}
      <Button
        size="compact-xs"
        variant="default"
        disabled={ways.length >= 10}
        onClick={() => change({ ways: [...ways, { weight: 1, next: null }] })}
      >
        {words.addWay}
      </Button>
    </>
  );
}
