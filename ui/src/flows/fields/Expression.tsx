/** A condition or value in CEL, with what is wrong with it. */
import { TextInput } from "@mantine/core";
import css from "../flows.module.css";

interface Props {
  label: string;
  hint?: string;
  value: string;
  error?: string;
  onChange: (value: string) => void;
}

export function Expression({ label, hint, value, error, onChange }: Props) {
  return (
    <TextInput
      label={label}
      description={hint}
      value={value}
      error={error}
      maxLength={2000}
      spellCheck={false}
      autoCapitalize="off"
      classNames={{ input: css.code }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
