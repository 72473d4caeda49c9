/** Masks: what of texts is covered, and a box to try them in. */
import { Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { sentenceOf } from "../api/client";
import { tryMasks } from "../api/privacy-calls";
import type { MaskRule } from "../api/schema.gen";
import type { Column } from "../blocks/Rows";
import { Notice } from "../blocks/Small";
import { masks as words } from "../words/privacy";
import { settings } from "../words/settings";
import type { Field } from "./fields";
import { ListPage } from "./ListPage";
import { RowForm } from "./RowForm";
import css from "./settings.module.css";
import { rowOf, useRowNavigation, useRows } from "./useRows";

const FIELDS: readonly Field[] = [
  { name: "name", label: words.name, kind: "text", required: true },
  { name: "kind", label: words.kind, kind: "select", options: words.kinds, initial: "card" },
  { name: "pattern", label: words.pattern, hint: words.patternHint, kind: "text", initial: "" },
  { name: "applies", label: words.applies, kind: "select", options: words.appliesWhen, initial: "display" },
  { name: "active", label: settings.active, kind: "switch", initial: true },
];

const COLUMNS: readonly Column<MaskRule>[] = [
  { title: words.name, cell: (one) => one.name },
  {
    title: words.kind,
    cell: (one) => (one.kind === "pattern" ? <code>{one.pattern}</code> : words.kindShort[one.kind]),
  },
  { title: words.applies, cell: (one) => words.appliesShort[one.applies] },
  { title: words.state, cell: (one) => (one.active ? settings.active : settings.inactive) },
];

export default function MasksPage({ rowId }: { rowId: string | null }) {
  const rows = useRows<MaskRule>("mask-rules");
  const go = useRowNavigation("mask-rules");
  const row = rowOf(rows.data, rowId);
  return (
    <ListPage page="mask-rules" rows={rows} columns={COLUMNS} nameOf={(one) => one.name}>
      <TryThem mark={JSON.stringify(rows.data)} />
      {row !== undefined && (
        <RowForm
          key={rowId}
          resource="mask-rules"
          title={row?.name ?? settings.add["mask-rules"] ?? ""}
          fields={FIELDS}
          row={row}
          onClose={go.close}
        />
      )}
    </ListPage>
  );
}

/** `mark` changes with the masks: then the text is looked at again. */
function TryThem({ mark }: { mark: string | undefined }) {
  const [typed, setTyped] = useState("");
  const [text] = useDebouncedValue(typed, 300);
  const told = useQuery({
    queryKey: ["masks-tried", text, mark],
    queryFn: () => tryMasks(text, null, ""),
    enabled: text.trim() !== "",
  });
  return (
    <section className={css.form} style={{ maxWidth: 560, marginTop: 24 }} aria-label={words.tryTitle}>
      <h3>{words.tryTitle}</h3>
      <Textarea
        label={words.tryText}
        description={words.tryHint}
        autosize
        minRows={2}
        maxLength={5000}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {told.isError && (
        <Notice tone="bad" icon="warn">
          {words.tryFailed}: {sentenceOf(told.error)}
        </Notice>
      )}
      {told.data && text.trim() && (
        <div role="status">
          <Notice tone="plain" icon="note">
            <small>{words.tryShown}</small>
            <p>{told.data.text}</p>
          </Notice>
        </div>
      )}
    </section>
  );
}
