/** Brands: numbers that customers know by one name. */
import type { Brand } from "../api/schema.gen";
import type { SmsNumber } from "../api/settings-types";
import type { Column } from "../blocks/Rows";
import { phoneOf } from "../words/common";
import { brandWords as words } from "../words/consent";
import { settings } from "../words/settings";
import type { Field } from "./fields";
import { ListPage } from "./ListPage";
import { RowForm } from "./RowForm";
import css from "./settings.module.css";
import { rowOf, useRowNavigation, useRows } from "./useRows";

const fieldsOf = (numbers: readonly SmsNumber[]): Field[] => [
  { name: "name", label: words.name, kind: "text", required: true },
  {
    name: "number_ids",
    label: words.numbers,
    hint: words.numbersHint,
    kind: "checks",
    id: true,
    options: numbers.map((one) => ({ value: String(one.id), label: labelOf(one) })),
  },
];

const labelOf = (number: SmsNumber) =>
  number.name ? `${phoneOf(number.address)} · ${number.name}` : phoneOf(number.address);

export default function BrandsPage({ rowId }: { rowId: string | null }) {
  const rows = useRows<Brand>("brands");
  const numbers = useRows<SmsNumber>("numbers");
  const go = useRowNavigation("brands");
  const row = rowOf(rows.data, rowId);
  const columns: Column<Brand>[] = [
    { title: words.name, cell: (one) => one.name },
    {
      title: words.numbers,
      cell: (one) =>
        one.number_ids.length > 0 ? (
          (numbers.data ?? [])
            .filter((number) => one.number_ids.includes(number.id))
            .map((number) => phoneOf(number.address))
            .join(", ")
        ) : (
          <span className={css.warn}>{words.none}</span>
        ),
    },
  ];
  return (
    <ListPage page="brands" rows={rows} columns={columns} nameOf={(one) => one.name}>
      {row !== undefined && numbers.data && (
        <RowForm
          key={rowId}
          resource="brands"
          title={row?.name ?? settings.add.brands ?? ""}
          fields={fieldsOf(numbers.data)}
          row={row}
          onClose={go.close}
        />
      )}
    </ListPage>
  );
}
