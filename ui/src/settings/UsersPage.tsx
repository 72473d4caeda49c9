/** Users: who signs in, with which role, and how much they can hold. */
import type { User } from "../api/settings-types";
import type { Column } from "../blocks/Rows";
import { Tag } from "../blocks/Small";
import { common } from "../words/common";
import { settings } from "../words/settings";
import { userWords as words } from "../words/settings-nouns";
import type { Field } from "./fields";
import { ListPage } from "./ListPage";
import { RowForm } from "./RowForm";
import { rowOf, useRowNavigation, useRows } from "./useRows";

const FIELDS: readonly Field[] = [
  { name: "name", label: words.name, kind: "text", required: true },
  { name: "email", label: words.email, kind: "email", required: true },
  { name: "role", label: words.role, kind: "select", options: words.roles, initial: "agent" },
  {
    name: "capacity_units",
    label: words.capacity,
    hint: words.capacityHint,
    kind: "number",
    min: 0,
    max: 1000,
    initial: 6,
  },
  {
    name: "granted",
    label: words.granted,
    hint: words.grantedHint,
    kind: "checks",
    options: words.grants,
    initial: [],
  },
  { name: "call_address", label: words.ownPhone, hint: words.ownPhoneHint, kind: "text" },
  { name: "password", label: words.password, hint: words.passwordHint, kind: "password" },
  { name: "active", label: settings.active, hint: words.activeHint, kind: "switch", initial: true },
];

const COLUMNS: readonly Column<User>[] = [
  { title: words.name, cell: (one) => one.name },
  { title: words.email, cell: (one) => one.email },
  { title: words.role, cell: (one) => common.role[one.role] },
  { title: words.capacity, cell: (one) => one.capacity_units, figure: true },
  {
    title: words.state,
    cell: (one) =>
      one.active ? (
        <Tag tone="good" icon="check">
          {settings.active}
        </Tag>
      ) : (
        <Tag>{settings.inactive}</Tag>
      ),
  },
];

export function UsersPage({ rowId }: { rowId: string | null }) {
  const rows = useRows<User>("users");
  const go = useRowNavigation("users");
  const row = rowOf(rows.data, rowId);
  return (
    <ListPage page="users" rows={rows} columns={COLUMNS} nameOf={(one) => one.name}>
      {row !== undefined && (
        <RowForm
          key={rowId}
          resource="users"
          title={row?.name ?? settings.add.users ?? ""}
          fields={FIELDS}
          row={row}
          onClose={go.close}
        />
      )}
    </ListPage>
  );
}
