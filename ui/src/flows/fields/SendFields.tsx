/** A text: its template, where the values of its slots come from, its number. */
import { NativeSelect } from "@mantine/core";
import type { Send } from "../../api/schema.gen";
import { Notice } from "../../blocks/Small";
import { builderWords as words } from "../../words/flows";
import css from "../flows.module.css";
import type { FieldsProps } from "../StepPanel";
import { Expression } from "./Expression";

export function SendFields({ step, known, change, problem }: FieldsProps<Send>) {
  const template = known.templates.find((one) => one.id === step.template_id);
  const said = template?.approved;
  const slots = said?.slots.map((slot) => slot.name) ?? [];
  const values = step.values ?? {};
  const stray = Object.keys(values).filter((name) => !slots.includes(name));
  const setValue = (slot: string, expression: string) => {
    const { [slot]: _old, ...rest } = values;
    change({ values: expression ? { ...rest, [slot]: expression } : rest }, `values.${slot}`);
  };
  const choose = (id: number) => {
    const next = known.templates.find((one) => one.id === id)?.approved?.slots ?? [];
    const kept = Object.entries(values).filter(([name]) => next.some((slot) => slot.name === name));
    change({ template_id: id, values: Object.fromEntries(kept) });
  };
  return (
    <>
      <NativeSelect
        label={words.template}
        data={[
          { value: "0", label: words.chooseOne },
          ...known.templates.map((one) => ({ value: String(one.id), label: one.name })),
        ]}
        value={String(template ? step.template_id : 0)}
        error={problem("template_id")}
        onChange={(event) => choose(Number(event.currentTarget.value))}
      />
      {known.templates.length === 0 && (
        <Notice tone="warn" icon="note">
          {words.templateNone}
        </Notice>
      )}
      {said && <blockquote className={css.quote}>{said.texts[said.default_locale]}</blockquote>}
      {[...slots, ...stray].map((slot, place) => (
        <Expression
          key={slot}
          label={words.from(slot)}
          hint={place === 0 ? words.fromHint : undefined}
          value={values[slot] ?? ""}
          error={problem(`values.${slot}`)}
          onChange={(expression) => setValue(slot, expression)}
        />
      ))}
      <NativeSelect
        label={words.sendFrom}
        data={[{ value: "", label: words.ownNumber }, ...known.numbers]}
        value={step.number_id ? String(step.number_id) : ""}
        error={problem("number_id")}
        onChange={(event) => change({ number_id: Number(event.currentTarget.value) || null })}
      />
    </>
  );
}
