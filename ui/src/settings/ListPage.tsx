/** A settings page that lists rows. */
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Resource } from "../api/settings-calls";
import { type Column, ListScreen, type ListWords, type Row } from "../blocks/Rows";
import { settings as words } from "../words/settings";
import { useRowNavigation } from "./useRows";

interface Props<T> {
  page: Resource;
  rows: UseQueryResult<T[]>;
  columns: readonly Column<T>[];
  /** Missing: rows of this page cannot be opened. */
  nameOf?: (row: T) => string;
  children?: ReactNode;
}

const wordsOf = (page: Resource): ListWords => ({
  title: words.pages[page] ?? "",
  about: words.about[page] ?? "",
  add: words.add[page] ?? "",
  empty: words.empty[page] ?? "",
  readFailed: words.readFailed,
});

export function ListPage<T extends Row>({ page, rows, columns, nameOf, children }: Props<T>) {
  const go = useRowNavigation(page);
  return (
    <>
      <ListScreen
        words={wordsOf(page)}
        icon="settings"
        rows={rows}
        columns={columns}
        nameOf={nameOf}
        onOpen={go.open}
        onAdd={() => go.open("new")}
      />
      {children}
    </>
  );
}
