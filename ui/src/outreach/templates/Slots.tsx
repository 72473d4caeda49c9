/** The slots of a template: what each is called, what kind of value it takes, and a sample. */
import { ActionIcon, Button, NativeSelect, TextInput } from "@mantine/core";
import type { SlotKind, TemplateSlot } from "../../api/schema.gen";
import { Icon } from "../../blocks/Icon";
import { templateWords as words } from "../../words/outreach";
import css from "./editor.module.css";
import { type Form, KINDS, unknownNames } from "./form";
import type { Problems } from "./useEditor";

interface Props {
  form: Form;
  problems: Problems;
  onChange: (part: Partial<Form>) => void;
}

const fresh = (name: string): TemplateSlot => ({ name, kind: "text", sample: words.kindSamples.text });
const isSample = (sample: string) =>
  sample === "" || Object.values<string>(words.kindSamples).includes(sample);

export function Slots({ form, problems, onChange }: Props) {
  const { slots } = form;
  const set = (place: number, part: Partial<TemplateSlot>) =>
    onChange({ slots: slots.map((slot, at) => (at === place ? { ...slot, ...part } : slot)) });
  return (
    <section className={css.section}>
      <h3>{words.slots}</h3>
      <p className={css.hint}>{slots.length > 0 ? words.slotsHint : words.noSlots}</p>
      {slots.length > 0 && (
        <table className={css.slots}>
          <thead>
            <tr>
              <th scope="col">{words.slotName}</th>
              <th scope="col">{words.slotKind}</th>
              <th scope="col">{words.slotSample}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {slots.map((slot, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: names change while they are typed; the place stays
              <tr key={place}>
                <td>
                  <TextInput
                    aria-label={words.slotField(words.slotName, place + 1)}
                    maxLength={50}
                    value={slot.name}
                    error={problems[`slots[${place}].name`]}
                    onChange={(event) => set(place, { name: event.currentTarget.value })}
                  />
                </td>
                <td>
                  <NativeSelect
                    aria-label={words.slotField(words.slotKind, place + 1)}
                    value={slot.kind}
                    data={KINDS.map((kind) => ({ value: kind, label: words.kinds[kind] }))}
                    error={problems[`slots[${place}].kind`]}
                    onChange={(event) => {
                      const kind = event.currentTarget.value as SlotKind;
                      set(place, { kind, ...(isSample(slot.sample) && { sample: words.kindSamples[kind] }) });
                    }}
                  />
                </td>
                <td>
                  <TextInput
                    aria-label={words.slotField(words.slotSample, place + 1)}
                    maxLength={500}
                    value={slot.sample}
                    error={problems[`slots[${place}].sample`]}
                    onChange={(event) => set(place, { sample: event.currentTarget.value })}
                  />
                </td>
                <td>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size={32}
                    aria-label={words.removeSlot(slot.name || String(place + 1))}
                    onClick={() => onChange({ slots: slots.filter((_, at) => at !== place) })}
                  >
                    <Icon name="close" size={12} />
                  </ActionIcon>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className={css.inserts}>
        {unknownNames(form).map((name) => (
          <Button
            key={name}
            size="compact-sm"
            variant="light"
            onClick={() => onChange({ slots: [...slots, fresh(name)] })}
          >
            {words.addNamed(name)}
          </Button>
        ))}
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Icon name="plus" size={12} />}
          onClick={() => onChange({ slots: [...slots, fresh("")] })}
        >
          {words.addSlot}
        </Button>
      </div>
    </section>
  );
}
