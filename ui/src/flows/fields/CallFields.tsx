/** A call to another system: where, with what, and how its answer is kept. */
import { NativeSelect, TextInput } from "@mantine/core";
import type { Call } from "../../api/schema.gen";
import { builderWords as words } from "../../words/flows";
import type { FieldsProps } from "../StepPanel";
import { Pairs } from "./Pairs";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const UNFIT = /^[^a-z]+|[^a-z0-9_]/g;

export function CallFields({ step, change, problem }: FieldsProps<Call>) {
  return (
    <>
      <NativeSelect
        label={words.method}
        data={METHODS}
        value={step.method ?? "POST"}
        onChange={(event) => change({ method: event.currentTarget.value as Call["method"] })}
      />
      <TextInput
        type="url"
        label={words.url}
        maxLength={2000}
        value={step.url}
        error={problem("url")}
        onChange={(event) => change({ url: event.currentTarget.value || "https://" }, "url")}
      />
      <Pairs
        label={words.body}
        pairs={step.body ?? {}}
        problem={(name) => problem(`body.${name}`)}
        onChange={(body) => change({ body }, "body")}
      />
      <TextInput
        label={words.saveAs}
        description={words.saveAsHint(step.save_as ?? "answer")}
        maxLength={40}
        value={step.save_as ?? "answer"}
        error={problem("save_as")}
        onChange={(event) =>
          change(
            { save_as: event.currentTarget.value.toLowerCase().replace(UNFIT, "") || "answer" },
            "save_as",
          )
        }
      />
    </>
  );
}
