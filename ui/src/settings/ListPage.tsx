/** A settings page that lists rows: title, what it is for, the way to add one, and the table. */
import { Button } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Resource } from "../api/settings-calls";
import { EmptyFace, ErrorFace, LoadingFace } from "../blocks/Faces";
import { Icon } from "../blocks/Icon";
import { settings as words } from "../words/settings";
import css from "./settings.module.css";
import { type Row, useRowNavigation } from "./useRows";

export interface Column<T> {
  title: string;
  cell: (row: T) => ReactNode;
  /** Figures stand at the right. */
  figure?: boolean;
}

interface Props<T> {
  page: Resource;
  rows: UseQueryResult<T[]>;
  columns: readonly Column<T>[];
  /** Missing: rows of this page cannot be opened. */
  nameOf?: (row: T) => string;
  children?: ReactNode;
}

export function ListPage<T extends Row>({ page, rows, columns, nameOf, children }: Props<T>) {
  const go = useRowNavigation(page);
  const add = (
    <Button leftSection={<Icon name="plus" />} onClick={() => go.open("new")}>
      {words.add[page]}
    </Button>
  );
  return (
    <>
      <PageHead page={page} action={add} />
      {rows.isPending ? (
        <LoadingFace />
      ) : rows.isError ? (
        <ErrorFace title={words.readFailed} error={rows.error} onRetry={() => void rows.refetch()} />
      ) : rows.data.length === 0 ? (
        <EmptyFace icon="settings" title={words.empty[page] ?? ""} action={add}>
          {words.about[page]}
        </EmptyFace>
      ) : (
        <Table rows={rows.data} columns={columns} nameOf={nameOf} onOpen={go.open} />
      )}
      {children}
    </>
  );
}

export function PageHead({ page, action }: { page: string; action?: ReactNode }) {
  return (
    <header className={css.head}>
      <div>
        <h2>{words.pages[page]}</h2>
        <p>{words.about[page]}</p>
      </div>
      {action}
    </header>
  );
}

interface TableProps<T> {
  rows: readonly T[];
  columns: readonly Column<T>[];
  nameOf?: (row: T) => string;
  onOpen?: (id: number) => void;
}

export function Table<T extends Row>({ rows, columns, nameOf, onOpen }: TableProps<T>) {
  return (
    <div className={css.tableBox}>
      <table className={css.table}>
        <thead>
          <tr>
            {columns.map((column) =>
              column.title ? (
                <th key={column.title} scope="col" data-figure={column.figure}>
                  {column.title}
                </th>
              ) : (
                <td key="" />
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} data-opens={nameOf !== undefined}>
              {columns.map((column, place) => (
                <td key={column.title} data-figure={column.figure}>
                  {place === 0 && nameOf ? (
                    <button type="button" className={css.open} onClick={() => onOpen?.(row.id)}>
                      {column.cell(row)}
                    </button>
                  ) : (
                    column.cell(row)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
