/** A long list, read a page at a time as one asks for more. */
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Page } from "../api/types";
import { common } from "../words/common";
import { ErrorFace, LoadingFace } from "./Faces";
import { type Column, type Row, Table } from "./Rows";
import css from "./rows.module.css";

interface Props<T> {
  name: readonly unknown[];
  read: (cursor: string | null) => Promise<Page<T>>;
  columns: readonly Column<T>[];
  failed: string;
  /** Stands in the table's place where there are no rows. */
  children: ReactNode;
  nameOf?: (row: T) => string;
  onOpen?: (id: number) => void;
  /** Reads again so often; left out: only when asked. */
  everyMs?: number;
}

export function PagedTable<T extends Row>({ name, read, columns, failed, children, ...more }: Props<T>) {
  const { everyMs, nameOf, onOpen } = more;
  const pages = useInfiniteQuery({
    queryKey: name,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: everyMs ?? false,
  });
  const rows = pages.data?.pages.flatMap((page) => page.items);
  if (rows === undefined) {
    if (!pages.isError) return <LoadingFace lines={3} />;
    return <ErrorFace title={failed} error={pages.error} onRetry={() => void pages.refetch()} />;
  }
  if (rows.length === 0) return children;
  return (
    <>
      <Table rows={rows} columns={columns} nameOf={nameOf} onOpen={onOpen} />
      {pages.hasNextPage && (
        <div className={css.more}>
          <Button
            variant="default"
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {common.more}
          </Button>
        </div>
      )}
    </>
  );
}
