/** Free facts about a contact: edit a value in place, add one, empty one to remove it. */
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { Icon } from "../../blocks/Icon";
import { common } from "../../words/common";
import { card as words } from "../../words/desk";
import css from "./card.module.css";
import { Editable } from "./Editable";

interface Props {
  attributes: Record<string, unknown>;
  onSave: (attributes: Record<string, unknown>) => Promise<void>;
}

const shown = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

export function Attributes({ attributes, onSave }: Props) {
  const [adding, setAdding] = useState(false);
  const set = (name: string, value: string) => {
    const { [name]: _old, ...rest } = attributes;
    return onSave(value ? { ...rest, [name]: value } : rest);
  };
  return (
    <section className={css.section}>
      <h3>
        {words.attributes}
        {!adding && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<Icon name="plus" size={12} />}
            onClick={() => setAdding(true)}
          >
            {words.addAttribute}
          </Button>
        )}
      </h3>
      <dl className={css.pairs}>
        {Object.entries(attributes).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Editable
                label={name}
                value={shown(value)}
                placeholder={words.unknown}
                onSave={(next) => set(name, next)}
              />
            </dd>
          </div>
        ))}
      </dl>
      {adding && <Add onAdd={set} onDone={() => setAdding(false)} />}
    </section>
  );
}

interface AddProps {
  onAdd: (name: string, value: string) => Promise<void>;
  onDone: () => void;
}

function Add({ onAdd, onDone }: AddProps) {
  const [name, setName] = useState("");
  const [value, setValue] = useState("");
  return (
    <form
      className={css.add}
      onSubmit={async (event) => {
        event.preventDefault();
        if (name.trim() && value.trim()) await onAdd(name.trim(), value.trim());
        onDone();
      }}
    >
      <TextInput
        aria-label={words.attributeName}
        placeholder={words.attributeName}
        value={name}
        autoFocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        aria-label={words.attributeValue}
        placeholder={words.attributeValue}
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      <Button type="submit" variant="default">
        {common.save}
      </Button>
    </form>
  );
}
