/** A settings resource's rows, and where one goes from a list to a row and back. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { listRows, type Resource } from "../api/settings-calls";

export function useRows<T>(resource: Resource) {
  return useQuery({ queryKey: ["settings", resource], queryFn: () => listRows<T>(resource) });
}

export function useRowNavigation(page: Resource) {
  const navigate = useNavigate();
  return {
    open: (rowId: number | "new") =>
      void navigate({ to: "/settings/$page/$rowId", params: { page, rowId: String(rowId) } }),
    close: () => void navigate({ to: "/settings/$page", params: { page } }),
  };
}

export interface Row {
  id: number;
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
