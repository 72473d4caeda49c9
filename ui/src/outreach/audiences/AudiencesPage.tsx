/** Audiences: the list, a new one, and the page of one. */
import type { Audience } from "../../api/schema.gen";
import type { IconName } from "../../blocks/Icon";
import { type Column, RowPages } from "../../blocks/Rows";
import { Tag, type Tone } from "../../blocks/Small";
import { Ago } from "../../blocks/Times";
import { useRowNavigation, useRows } from "../../settings/useRows";
import { audienceWords as words } from "../../words/audiences";
import { inOrder } from "../order";
import { AudiencePage } from "./AudiencePage";
import { NewAudience } from "./NewAudience";

export const PAGE = "audiences";
const WHILE_READING_MS = 1000;
export const WITH_ARCHIVED = { archived: "true" };
const LOOKS: Record<Audience["state"], { tone: Tone; icon: IconName }> = {
  uploaded: { tone: "warn", icon: "note" },
  importing: { tone: "calm", icon: "clock" },
  ready: { tone: "good", icon: "check" },
  failed: { tone: "bad", icon: "warn" },
};

export function AudienceTag({ audience }: { audience: Audience }) {
  if (audience.archived) return <Tag icon="block">{words.archived}</Tag>;
  return <Tag {...LOOKS[audience.state]}>{words.states[audience.state]}</Tag>;
}

const COLUMNS: Column<Audience>[] = [
  { title: words.columns.name, cell: (one) => one.name },
  { title: words.columns.kind, cell: (one) => words.kinds[one.kind] },
  { title: words.columns.state, cell: (one) => <AudienceTag audience={one} /> },
  {
    title: words.columns.members,
    cell: (one) => (one.kind === "list" ? one.members.toLocaleString() : ""),
    figure: true,
  },
  { title: words.columns.problems, cell: (one) => one.problems.toLocaleString(), figure: true },
  { title: words.columns.made, cell: (one) => <Ago at={one.created_at} /> },
];

export default function AudiencesPage({ rowId }: { rowId: string | null }) {
  const rows = useRows<Audience>(PAGE, {
    also: WITH_ARCHIVED,
    everyMs: (read) => (read.some((one) => one.state === "importing") ? WHILE_READING_MS : null),
  });
  const go = useRowNavigation(PAGE, "outreach");
  return (
    <RowPages
      words={words}
      icon="contacts"
      rows={{ ...rows, data: inOrder(rows.data) }}
      columns={COLUMNS}
      nameOf={(one) => one.name}
      onOpen={go.open}
      onAdd={() => go.open("new")}
      rowId={rowId}
      one={(row) => (row ? <AudiencePage key={row.id} audience={row} /> : <NewAudience />)}
    />
  );
}
