/** A text that becomes a field when clicked; Enter saves, Escape leaves it as it was. */
import { TextInput, UnstyledButton } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { Icon } from "../../blocks/Icon";
import { common } from "../../words/common";
import css from "./card.module.css";

interface Props {
  label: string;
  value: string;
  placeholder: string;
  large?: boolean;
  onSave: (value: string) => Promise<void>;
}

export function Editable({ label, value, placeholder, large = false, onSave }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const save = async () => {
    if (typed === null || saving) return;
    if (typed.trim() !== value) {
      setSaving(true);
      await onSave(typed.trim());
      setSaving(false);
    }
    setTyped(null);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter") void save();
    if (event.key === "Escape") setTyped(null);
  };
  if (typed === null) {
    return (
      <UnstyledButton
        className={css.editable}
        data-large={large}
        data-empty={value === ""}
        aria-label={`${common.edit}: ${label}, ${value || placeholder}`}
        onClick={() => setTyped(value)}
      >
        <span>{value || placeholder}</span>
        <Icon name="note" size={12} />
      </UnstyledButton>
    );
  }
  return (
    <TextInput
      aria-label={label}
      value={typed}
      disabled={saving}
      autoFocus
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => void save()}
      onKeyDown={onKey}
    />
  );
}
