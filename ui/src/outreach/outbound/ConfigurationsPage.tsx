/** Outbound configurations: the list, and the page of one. */
import "@mantine/core/styles/Checkbox.css";
import { useState } from "react";
import type { OutboundConfiguration } from "../../api/schema.gen";
import { type Column, RowPages } from "../../blocks/Rows";
import { Tag } from "../../blocks/Small";
import { type Known, useKnown } from "../../flows/useKnown";
import type { Field } from "../../settings/fields";
import { RowForm } from "../../settings/RowForm";
import { useRowNavigation, useRows } from "../../settings/useRows";
import { outboundWords as words } from "../../words/outbound";
import { templateWords } from "../../words/outreach";
import { inOrder } from "../order";
import { ConfigurationPage } from "./ConfigurationPage";

export const PAGE = "outbound-configurations";

export function fieldsOf({ templates, numbers }: Known): Field[] {
  return [
    { name: "name", label: words.name, hint: words.nameHint, kind: "text", required: true },
    {
      name: "template_id",
      label: words.template,
      hint: words.templateHint,
      kind: "select",
      id: true,
      required: true,
      options: templates.map((one) => ({ value: String(one.id), label: one.name })),
      initial: templates[0] && String(templates[0].id),
    },
    {
      name: "number_ids",
      label: words.numbers,
      hint: words.numbersHint,
      kind: "checks",
      id: true,
      options: numbers,
      initial: numbers.length === 1 ? numbers.map((one) => Number(one.value)) : [],
    },
    {
      name: "show_in_timeline",
      label: words.timeline,
      hint: words.timelineHint,
      kind: "switch",
      initial: true,
    },
  ];
}

export function ConfigurationTag({ configuration }: { configuration: OutboundConfiguration }) {
  return configuration.active ? (
    <Tag tone="good" icon="check">
      {words.on}
    </Tag>
  ) : (
    <Tag icon="block">{words.off}</Tag>
  );
}

const columnsOf = ({ names, numbers }: Known): Column<OutboundConfiguration>[] => [
  { title: words.columns.name, cell: (one) => one.name },
  { title: words.columns.id, cell: (one) => one.id, figure: true },
  { title: words.columns.template, cell: (one) => names.templates[one.template_id] },
  { title: words.columns.purpose, cell: (one) => templateWords.purposes[one.purpose] },
  { title: words.columns.numbers, cell: (one) => numbersOf(one, numbers) },
  { title: words.columns.state, cell: (one) => <ConfigurationTag configuration={one} /> },
];

export const numbersOf = (one: OutboundConfiguration, numbers: Known["numbers"]): string =>
  numbers
    .filter(({ value }) => one.number_ids.includes(Number(value)))
    .map(({ label }) => label)
    .join("; ");

export default function ConfigurationsPage({ rowId }: { rowId: string | null }) {
  const rows = useRows<OutboundConfiguration>(PAGE);
  const known = useKnown();
  const go = useRowNavigation(PAGE, "outreach");
  const [adding, setAdding] = useState(false);
  return (
    <>
      <RowPages
        words={words}
        icon="out"
        rows={{ ...rows, data: inOrder(rows.data) }}
        columns={columnsOf(known)}
        nameOf={(one) => one.name}
        onOpen={go.open}
        onAdd={() => setAdding(true)}
        rowId={rowId}
        one={(row) => row && <ConfigurationPage configuration={row} known={known} />}
      />
      {adding && (
        <RowForm<OutboundConfiguration>
          resource={PAGE}
          title={words.add}
          fields={fieldsOf(known)}
          row={null}
          onClose={() => setAdding(false)}
          onDone={(made) => {
            setAdding(false);
            if (made) go.open(made.id);
          }}
        />
      )}
    </>
  );
}
