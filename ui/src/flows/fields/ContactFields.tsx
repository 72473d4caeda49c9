/** What is changed at the contact: attributes and tags. */
import type { SetFields } from "../../api/schema.gen";
import { builderWords as words } from "../../words/flows";
import type { FieldsProps } from "../StepPanel";
import { ListField } from "./ListField";
import { Pairs } from "./Pairs";

export function ContactFields({ step, change, problem }: FieldsProps<SetFields>) {
  return (
    <>
      <Pairs
        label={words.attributes}
        pairs={step.attributes ?? {}}
        problem={(name) => problem(`attributes.${name}`)}
        onChange={(attributes) => change({ attributes }, "attributes")}
      />
      <ListField
        label={words.addTags}
        hint={words.tagsHint}
        values={step.add_tags ?? []}
        error={problem("add_tags")}
        onChange={(add_tags) => change({ add_tags }, "add_tags")}
      />
      <ListField
        label={words.removeTags}
        values={step.remove_tags ?? []}
        error={problem("remove_tags")}
        onChange={(remove_tags) => change({ remove_tags }, "remove_tags")}
      />
    </>
  );
}
