/** Pages of rows: the head that says what they are for, every face the list can have, and the table itself. */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { common } from "../words/common";
import { EmptyFace, ErrorFace, LoadingFace } from "./Faces";
import { Icon, type IconName } from "./Icon";
import css from "./rows.module.css";

export interface Row {
  id: number;
}

export interface Column<T> {
  title: string;
  cell: (row: T) => ReactNode;
  /** Figures stand at the right. */
  figure?: boolean;
  /** On one line, such as a phone. */
  tight?: boolean;
}

interface HeadProps {
  title: string;
  about?: ReactNode;
  /** Beside the title, such as the state of what it names. */
  mark?: ReactNode;
  /** The way back to the list this is one of. */
  back?: { to: string; label: string };
  children?: ReactNode;
}

export function PageHead({ title, about, mark, back, children }: HeadProps) {
  return (
    <header className={css.head}>
      <div>
        {back && (
          <Link to={back.to} className={css.back}>
            <Icon name="back" size={12} /> {back.label}
          </Link>
        )}
        <div className={css.title}>
          <h2>{title}</h2>
          {mark}
        </div>
        {about && <p>{about}</p>}
      </div>
      {children && <div className={css.acts}>{children}</div>}
    </header>
  );
}

/** What a list says in each of its faces. */
export interface ListWords {
  title: string;
  about: string;
  /** What one does to get a first row. */
  add: string;
  empty: string;
  readFailed: string;
  /** Nothing has the id the address names. */
  gone?: string;
}

/** A query's answer, as far as a list needs it. */
interface Read<T> {
  data: readonly T[] | undefined;
  isError: boolean;
  error: unknown;
  refetch: () => unknown;
}

interface ListProps<T> {
  words: ListWords;
  icon: IconName;
  rows: Read<T>;
  columns: readonly Column<T>[];
  /** Missing: rows of this page cannot be opened. */
  nameOf?: (row: T) => string;
  onOpen: (id: number) => void;
  onAdd: () => void;
}

export function ListScreen<T extends Row>(props: ListProps<T>) {
  const { words, icon, rows, columns, nameOf, onOpen, onAdd } = props;
  const add = (
    <Button leftSection={<Icon name="plus" />} onClick={onAdd}>
      {words.add}
    </Button>
  );
  const empty = rows.data?.length === 0;
  return (
    <>
      <PageHead title={words.title} about={empty ? undefined : words.about}>
        {!empty && add}
      </PageHead>
      {rows.data === undefined ? (
        <Unread title={words.readFailed} rows={rows} />
      ) : empty ? (
        <EmptyFace icon={icon} title={words.empty} action={add}>
          {words.about}
        </EmptyFace>
      ) : (
        <Table rows={rows.data} columns={columns} nameOf={nameOf} onOpen={onOpen} />
      )}
    </>
  );
}

interface PagesProps<T> extends ListProps<T> {
  rowId: string | null;
  /** The page of one row; null for a new one, where that has a page. */
  one: (row: T | null) => ReactNode;
}

/** The list, or the page of the one row that the address names. */
export function RowPages<T extends Row>({ rowId, one, ...list }: PagesProps<T>) {
  const { words, rows } = list;
  if (rowId === null) return <ListScreen {...list} />;
  if (rowId !== "new" && rows.data === undefined) return <Unread title={words.readFailed} rows={rows} />;
  const row = rowId === "new" ? null : rows.data?.find(({ id }) => String(id) === rowId);
  const page = row === undefined ? null : one(row);
  if (page) return page;
  return (
    <EmptyFace icon="search" title={words.gone ?? common.noPage}>
      {common.goneHint}
    </EmptyFace>
  );
}

function Unread<T>({ title, rows }: { title: string; rows: Read<T> }) {
  if (!rows.isError) return <LoadingFace />;
  return <ErrorFace title={title} error={rows.error} onRetry={() => void rows.refetch()} />;
}

/** A row that is no resource has an id of the list's making. */
interface Listed {
  id: number | string;
}

interface TableProps<T extends Listed> {
  rows: readonly T[];
  columns: readonly Column<T>[];
  nameOf?: (row: T) => string;
  onOpen?: (id: T["id"]) => void;
}

export function Table<T extends Listed>({ rows, columns, nameOf, onOpen }: TableProps<T>) {
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
                <td key={column.title} data-figure={column.figure} data-tight={column.tight}>
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
