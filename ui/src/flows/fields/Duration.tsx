/** A length of time in plain words: how many, of what. */
import { NativeSelect, TextInput } from "@mantine/core";
import { builderWords as words } from "../../words/flows";
import { splitDuration, UNITS, type Unit } from "../durations";
import css from "../flows.module.css";

interface Props {
  label: string;
  seconds: number | null;
  error?: string;
  /** Null where nothing is given, if that may be. */
  onChange: (seconds: number | null) => void;
}

export function Duration({ label, seconds, error, onChange }: Props) {
  const { amount, unit } = seconds ? splitDuration(seconds) : { amount: null, unit: "days" as Unit };
  const set = (count: number | null, of: Unit) =>
    onChange(count ? Math.min(count * UNITS[of], 366 * 86_400) : null);
  return (
    <div className={css.duration}>
      <TextInput
        type="number"
        min={1}
        label={words.amount(label)}
        value={amount ?? ""}
        error={error}
        onChange={(event) => set(Math.floor(Number(event.currentTarget.value)) || null, unit)}
      />
      <NativeSelect
        label={words.unit(label)}
        data={Object.entries(words.unitNames).map(([value, name]) => ({ value, label: name }))}
        value={unit}
        onChange={(event) => set(amount ?? 1, event.currentTarget.value as Unit)}
      />
    </div>
  );
}
