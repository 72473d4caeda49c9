/** Calendars: when numbers and queues are open. */
import type { Calendar } from "../../api/schema.gen";
import type { Column } from "../../blocks/Rows";
import { hoursWords as words } from "../../words/hours";
import { ListPage } from "../ListPage";
import { rowOf, useRowNavigation, useRows } from "../useRows";
import { CalendarForm } from "./CalendarForm";
import { NowLine } from "./NowLine";

const COLUMNS: Column<Calendar>[] = [
  { title: words.name, cell: (one) => one.name },
  { title: words.zone, cell: (one) => one.time_zone.replaceAll("_", " ") },
  { title: words.now, cell: (one) => <NowLine now={one.now} zone={one.time_zone} /> },
];

export default function HoursPage({ rowId }: { rowId: string | null }) {
  const rows = useRows<Calendar>("calendars");
  const go = useRowNavigation("calendars");
  const row = rowOf(rows.data, rowId);
  return (
    <ListPage page="calendars" rows={rows} columns={COLUMNS} nameOf={(one) => one.name}>
      {row !== undefined && <CalendarForm key={rowId} row={row} onClose={go.close} />}
    </ListPage>
  );
}
