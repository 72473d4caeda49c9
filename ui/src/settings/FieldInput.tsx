/** One field of a form, by its kind. */
import { Checkbox, NativeSelect, PasswordInput, Switch, TextInput } from "@mantine/core";
import { settings as words } from "../words/settings";
import { durationOf, type Field } from "./fields";
import css from "./settings.module.css";

interface Props {
  field: Field;
  value: unknown;
  problem?: string;
  problems?: Record<string, string>;
  /** Takes the focus when the dialog opens. */
  first?: boolean;
  onChange: (value: unknown) => void;
}

export function FieldInput({
  field,
  value,
  problem,
  problems = {},
  first,
  onChange,
}: Props & { first: boolean }) {
  return (
    <>
      {field.group && <h3 className={css.group}>{field.group}</h3>}
      {field.draw?.({ value, problems, onChange })}
      <Input field={field} value={value} problem={problem} first={first} onChange={onChange} />
    </>
  );
}

function Input({ field, value, problem, first = false, onChange }: Props) {
  const common = {
    label: field.label,
    description: field.hint,
    error: problem,
    required: field.required,
    "data-autofocus": first || undefined,
  };
  const text = String(value ?? "");
  switch (field.kind) {
    case "switch":
      return (
        <Switch
          {...common}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case "custom":
      return null;
    case "select":
      return <Choice field={field} value={text} problem={problem} onChange={onChange} />;
    case "checks":
      return <Checks field={field} value={value} problem={problem} onChange={onChange} />;
    case "password":
      return (
        <PasswordInput
          {...common}
          autoComplete="new-password"
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "number":
    case "seconds":
      return (
        <TextInput
          {...common}
          classNames={{ wrapper: css.narrow }}
          type="number"
          step={field.kind === "seconds" ? 1 : "any"}
          min={field.min}
          max={field.max}
          value={text}
          description={field.kind === "seconds" && text ? durationOf(Number(text)) : field.hint}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    default:
      return (
        <TextInput
          {...common}
          type={field.kind}
          autoComplete="off"
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

function Choice({ field, value, problem, onChange }: Props) {
  const options = field.options ?? [];
  const chosen = String(value);
  const data = options.some((option) => option.value === chosen)
    ? [...options]
    : [{ value: "", label: options.length > 0 ? "" : words.nothingUsable }, ...options];
  return (
    <NativeSelect
      label={field.label}
      description={field.hint}
      error={problem}
      required={field.required}
      data={data}
      value={chosen}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function Checks({ field, value, problem, onChange }: Props) {
  const chosen = (Array.isArray(value) ? value : []).map(String);
  const asIds = (picked: string[]) => onChange(field.id ? picked.map(Number) : picked);
  return (
    <Checkbox.Group
      label={field.label}
      description={field.hint}
      error={problem}
      value={chosen}
      onChange={asIds}
    >
      <div className={css.checks}>
        {(field.options ?? []).map((option) => (
          <Checkbox key={option.value} value={option.value} label={option.label} />
        ))}
        {field.options?.length === 0 && <p>{words.nothingUsable}</p>}
      </div>
    </Checkbox.Group>
  );
}
