/** Names with expressions, such as the attributes to set or the body of a call. */
import { ActionIcon, Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { Icon } from "../../blocks/Icon";
import { builderWords as words } from "../../words/flows";
import css from "../flows.module.css";
import { Expression } from "./Expression";

interface Props {
  label: string;
  pairs: Readonly<Record<string, string>>;
  problem: (name: string) => string | undefined;
  onChange: (pairs: Record<string, string>) => void;
}

type Rows = readonly (readonly [string, string])[];
const whole = (rows: Rows) => Object.fromEntries(rows.filter(([name, value]) => name && value));

export function Pairs({ label, pairs, problem, onChange }: Props) {
  // Rows that are not finished are kept here; only whole ones are part of the flow.
  const [held, setHeld] = useState<Rows>(Object.entries(pairs));
  const rows = JSON.stringify(whole(held)) === JSON.stringify(pairs) ? held : Object.entries(pairs);
  const set = (next: Rows) => {
    setHeld(next);
    onChange(whole(next));
  };
  const replace = (place: number, pair: readonly [string, string]) =>
    set(rows.map((row, at) => (at === place ? pair : row)));
  return (
    <fieldset className={css.group}>
      <legend>{label}</legend>
      {rows.map(([name, value], place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; names change as they are typed
        <div key={place} className={css.pair}>
          <TextInput
            label={words.pairName(place + 1)}
            value={name}
            maxLength={100}
            onChange={(event) => replace(place, [event.currentTarget.value, value])}
          />
          <Expression
            label={words.pairValue(place + 1)}
            value={value}
            error={problem(name)}
            onChange={(next) => replace(place, [name, next])}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={words.removePair(place + 1)}
            onClick={() => set(rows.filter((_, at) => at !== place))}
          >
            <Icon name="close" />
          </ActionIcon>
        </div>
      ))}
      <Button size="compact-xs" variant="default" onClick={() => set([...rows, ["", ""]])}>
        {words.addPair}
      </Button>
    </fieldset>
  );
}
