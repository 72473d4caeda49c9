/** The list of templates, or the one that is being written. */
import type { MessageTemplate } from "../../api/schema.gen";
import { type Column, RowPages } from "../../blocks/Rows";
import { useRowNavigation, useRows } from "../../settings/useRows";
import { languageOf } from "../../words/automation";
import { templateWords as words } from "../../words/outreach";
import { inOrder } from "../order";
import { formOf, localesOf } from "./form";
import css from "./list.module.css";
import { StateTag } from "./StateTag";
import { TemplateEditor } from "./TemplateEditor";

const COLUMNS: Column<MessageTemplate>[] = [
  { title: words.columns.name, cell: (row) => row.name },
  { title: words.columns.purpose, cell: (row) => words.purposes[row.purpose] },
  { title: words.columns.languages, cell: (row) => localesOf(formOf(row)).map(languageOf).join(", ") },
  {
    title: words.columns.state,
    cell: (row) => (
      <>
        <StateTag template={row} />
        {!row.archived && row.draft?.state === "rejected" && row.draft.reason && (
          <p className={css.reason}>{row.draft.reason}</p>
        )}
      </>
    ),
  },
];

export function useTemplates() {
  return useRows<MessageTemplate>("message-templates");
}

export function TemplatesPage({ rowId }: { rowId: string | null }) {
  const templates = useTemplates();
  const go = useRowNavigation("templates", "outreach");
  return (
    <RowPages
      words={words}
      icon="note"
      rows={{ ...templates, data: inOrder(templates.data) }}
      columns={COLUMNS}
      nameOf={(one) => one.name}
      onOpen={go.open}
      onAdd={() => go.open("new")}
      rowId={rowId}
      one={(row) => <TemplateEditor key={row?.id ?? "new"} template={row} />}
    />
  );
}
