/** What steps can point at: approved templates, queues, numbers, flows; and their names by id. */
import { useMemo } from "react";
import type { Flow, MessageTemplate } from "../api/schema.gen";
import { useLive } from "../live/useLive";
import { useRows } from "../settings/useRows";
import { phoneOf } from "../words/common";
import type { Names } from "./summary";

export interface Option {
  value: string;
  label: string;
}

export interface Known {
  templates: readonly MessageTemplate[];
  queues: readonly Option[];
  numbers: readonly Option[];
  flows: readonly Option[];
  names: Names;
}

const NONE: never[] = [];
const optionsOf = (rows: readonly { id: number; name: string }[]): Option[] =>
  rows.map((row) => ({ value: String(row.id), label: row.name }));
const namesOf = (rows: readonly { id: number; name: string }[]): Record<number, string> =>
  Object.fromEntries(rows.map((row) => [row.id, row.name]));

export function useKnown(): Known {
  const templates = useRows<MessageTemplate>("message-templates").data ?? NONE;
  const flows = useRows<Flow>("flows").data ?? NONE;
  const queues = useLive((live) => live.queues);
  const numbers = useLive((live) => live.numbers);
  return useMemo(
    () => ({
      templates: templates.filter((one) => one.approved && !one.archived),
      queues: optionsOf(queues),
      numbers: optionsOf(
        numbers.map((one) => ({
          id: one.id,
          name: one.name ? `${one.name}, ${phoneOf(one.address)}` : phoneOf(one.address),
        })),
      ),
      flows: optionsOf(flows.filter((one) => !one.archived)),
      names: { templates: namesOf(templates), queues: namesOf(queues), flows: namesOf(flows) },
    }),
    [templates, flows, queues, numbers],
  );
}
