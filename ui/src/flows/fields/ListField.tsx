/** Several short values in one field, separated by commas; typed freely, read when it changes. */
import { TextInput } from "@mantine/core";
import { useState } from "react";

interface Props {
  label: string;
  hint?: string;
  values: readonly string[];
  error?: string;
  onChange: (values: string[]) => void;
}

const read = (text: string): string[] =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);

export function ListField({ label, hint, values, error, onChange }: Props) {
  const [typed, setTyped] = useState(values.join(", "));
  // Undo changes the values from outside; what is typed gives way then.
  const text = read(typed).join() === values.join() ? typed : values.join(", ");
  return (
    <TextInput
      label={label}
      description={hint}
      value={text}
      error={error}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(read(event.currentTarget.value));
      }}
    />
  );
}
