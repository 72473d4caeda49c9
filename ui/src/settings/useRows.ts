/** A settings resource's rows, and where one goes from a list to a row and back. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { listRows, type Resource } from "../api/settings-calls";
import type { Row } from "../blocks/Rows";

interface Reading<T> {
  /** How long until they are read again; null: they stay as they are. */
  everyMs?: (rows: readonly T[]) => number | null;
  /** Further parameters of the address. */
  also?: Record<string, string>;
}

export function useRows<T>(resource: Resource, { everyMs, also }: Reading<T> = {}) {
  return useQuery({
    queryKey: also ? ["settings", resource, also] : ["settings", resource],
    queryFn: () => listRows<T>(resource, also),
    refetchInterval: (query) => (query.state.data && everyMs?.(query.state.data)) ?? false,
  });
}

export function useRowNavigation(page: string, place: "settings" | "outreach" = "settings") {
  const navigate = useNavigate();
  return {
    open: (rowId: number | "new") =>
      void navigate({ to: `/${place}/$page/$rowId`, params: { page, rowId: String(rowId) } }),
    close: () => void navigate({ to: `/${place}/$page`, params: { page } }),
  };
}

/** The row an address names: null for a new one, undefined for none. */
export function rowOf<T extends Row>(
  rows: readonly T[] | undefined,
  rowId: string | null,
): T | null | undefined {
  if (rowId === null) return undefined;
  if (rowId === "new") return null;
  return rows?.find((row) => String(row.id) === rowId);
}
