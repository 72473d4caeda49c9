/** One condition of a saved filter: what it is about, how it is meant, and its value. */
import { ActionIcon, NativeSelect, TextInput } from "@mantine/core";
import { Icon } from "../../blocks/Icon";
import { filterWords as words } from "../../words/audience-filter";
import css from "../outreach.module.css";
import { type About, conditionOf, type Held, isListed } from "./filter";

const optionsOf = (all: Readonly<Record<string, string>>) =>
  Object.entries(all).map(([value, label]) => ({ value, label }));
const ABOUTS = optionsOf(words.abouts);
const DIRECTIONS = optionsOf(words.directions);
const WHENS = optionsOf(words.whens);
const CONSENTS = optionsOf(words.consents);

interface Props {
  held: Held;
  /** Counted from 1, for those who do not see the row. */
  place: number;
  campaigns: readonly { value: string; label: string }[];
  onChange: (part: Partial<Held>) => void;
  onRemove: () => void;
}

export function ConditionRow(props: Props) {
  const { held, place, onChange, onRemove } = props;
  return (
    <li className={css.condition}>
      <NativeSelect
        aria-label={words.about(place)}
        data={ABOUTS}
        value={held.about}
        onChange={(event) => onChange({ about: event.currentTarget.value as About, typed: "" })}
      />
      <How {...props} />
      <Value {...props} />
      <ActionIcon variant="subtle" color="gray" size={32} aria-label={words.remove(place)} onClick={onRemove}>
        <Icon name="close" />
      </ActionIcon>
    </li>
  );
}

function How({ held, place, onChange }: Props) {
  if (held.about === "consent") return <span />;
  if (held.about === "last_text") {
    return (
      <NativeSelect
        aria-label={words.direction(place)}
        data={DIRECTIONS}
        value={held.direction}
        onChange={(event) => onChange({ direction: event.currentTarget.value as Held["direction"] })}
      />
    );
  }
  const [yes, no] = held.about === "campaign" ? [words.texted, words.notTexted] : [words.is, words.isNot];
  return (
    <NativeSelect
      aria-label={words.how(place)}
      data={[
        { value: "", label: yes },
        { value: "not", label: no },
      ]}
      value={held.not ? "not" : ""}
      onChange={(event) => onChange({ not: event.currentTarget.value === "not" })}
    />
  );
}

function Value({ held, place, campaigns, onChange }: Props) {
  const { about } = held;
  if (isListed(about)) {
    const unreadable = held.typed.trim() !== "" && conditionOf(held) === null;
    return (
      <TextInput
        aria-label={words.value(place)}
        placeholder={words.examples[about]}
        value={held.typed}
        error={unreadable && words.wrong[about]}
        onChange={(event) => onChange({ typed: event.currentTarget.value })}
      />
    );
  }
  switch (about) {
    case "last_text":
      return (
        <div className={css.moment}>
          <NativeSelect
            aria-label={words.when(place)}
            data={WHENS}
            value={held.when}
            onChange={(event) => onChange({ when: event.currentTarget.value as Held["when"] })}
          />
          {held.when !== "never" && (
            <TextInput
              aria-label={words.day(place)}
              type="date"
              value={held.day}
              onChange={(event) => onChange({ day: event.currentTarget.value })}
            />
          )}
        </div>
      );
    case "consent":
      return (
        <NativeSelect
          aria-label={words.value(place)}
          data={CONSENTS}
          value={held.purpose}
          onChange={(event) => onChange({ purpose: event.currentTarget.value as Held["purpose"] })}
        />
      );
    case "campaign":
      return (
        <NativeSelect
          aria-label={words.value(place)}
          data={[{ value: "", label: words.choose }, ...campaigns]}
          value={held.campaign}
          onChange={(event) => onChange({ campaign: event.currentTarget.value })}
        />
      );
  }
}
