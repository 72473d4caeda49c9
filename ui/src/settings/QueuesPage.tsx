/** Queues and their members. */
import type { Calendar } from "../api/schema.gen";
import type { Queue, User } from "../api/settings-types";
import type { Column } from "../blocks/Rows";
import { hoursWords } from "../words/hours";
import { settings } from "../words/settings";
import { queueWords as words } from "../words/settings-nouns";
import { calendarField } from "./behaviours/calendarField";
import { durationOf, type Field } from "./fields";
import { ListPage } from "./ListPage";
import { RowForm } from "./RowForm";
import css from "./settings.module.css";
import { rowOf, useRowNavigation, useRows } from "./useRows";

function fieldsOf(users: readonly User[], calendars: readonly Calendar[]): Field[] {
  return [
    { name: "name", label: words.name, kind: "text", required: true },
    {
      name: "members",
      label: words.members,
      hint: words.membersHint,
      kind: "checks",
      id: true,
      options: users.map((user) => ({ value: String(user.id), label: user.name })),
    },
    {
      name: "assignment_method",
      label: words.method,
      kind: "select",
      options: words.methods,
      initial: "highest_capacity",
    },
    { name: "priority_group", label: words.group, hint: words.groupHint, kind: "number", initial: 100 },
    { name: "service_level_seconds", label: words.level, kind: "seconds", min: 1, initial: 300 },
    calendarField(calendars, hoursWords.queueHint),
  ];
}

export function QueuesPage({ rowId }: { rowId: string | null }) {
  const rows = useRows<Queue>("queues");
  const users = useRows<User>("users");
  const calendars = useRows<Calendar>("calendars");
  const go = useRowNavigation("queues");
  const row = rowOf(rows.data, rowId);
  const names = (ids: readonly number[]) =>
    ids.map((id) => users.data?.find((user) => user.id === id)?.name ?? String(id)).join(", ");
  const columns: Column<Queue>[] = [
    { title: words.name, cell: (one) => one.name },
    {
      title: words.members,
      cell: (one) =>
        one.members.length > 0 ? names(one.members) : <span className={css.warn}>{words.noMembers}</span>,
    },
    { title: words.method, cell: (one) => words.methodShort[one.assignment_method] },
    { title: words.level, cell: (one) => durationOf(one.service_level_seconds) },
    {
      title: hoursWords.calendar,
      cell: (one) => calendars.data?.find((calendar) => calendar.id === one.calendar_id)?.name,
    },
    { title: words.group, cell: (one) => one.priority_group, figure: true },
  ];
  return (
    <ListPage page="queues" rows={rows} columns={columns} nameOf={(one) => one.name}>
      {row !== undefined && users.data && calendars.data && (
        <RowForm
          key={rowId}
          resource="queues"
          title={row?.name ?? settings.add.queues ?? ""}
          fields={fieldsOf(
            users.data.filter((user) => user.active),
            calendars.data,
          )}
          row={row}
          onClose={go.close}
        />
      )}
    </ListPage>
  );
}
