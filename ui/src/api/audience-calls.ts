/** Calls of the audience screens. */
import { call, keyed, query } from "./client";
import { freshKey } from "./key";
import type {
  Audience,
  AudienceMember,
  AudienceProblem,
  ColumnChoice,
  Filter,
  FilterPreview,
} from "./schema.gen";
import type { Page } from "./types";

const path = (id: number) => `/audiences/${id}`;
const MEMBERS_AT_ONCE = 50;

export const audienceProblems = (id: number, cursor: string | null) =>
  call<Page<AudienceProblem>>(`${path(id)}/problems${query({ cursor, limit: MEMBERS_AT_ONCE })}`);
export const audienceMembers = async (id: number, cursor: string | null, limit = MEMBERS_AT_ONCE) =>
  keyed(await call<Page<AudienceMember>>(`${path(id)}/members${query({ cursor, limit })}`), "place");
export const problemsUrl = (id: number) => `/api/v1${path(id)}/problems.csv`;
export const changeAudience = (id: number, body: { name?: string; archived?: boolean }) =>
  call<Audience>(path(id), { method: "PATCH", body });

/** The answer's layout tells the columns and the first rows. */
export const uploadList = (name: string, file: File) => {
  const body = new FormData();
  body.append("file", file);
  return call<Audience>(`/audiences/files${query({ name })}`, {
    method: "POST",
    body,
    idempotencyKey: freshKey(),
  });
};
export const beginImport = (id: number, body: ColumnChoice) =>
  call<Audience>(`${path(id)}/import`, { method: "POST", body });

export const previewFilter = (filter: Filter, signal: AbortSignal) =>
  call<FilterPreview>("/audiences/preview", { method: "POST", body: { filter }, signal });
export const createFilter = (name: string, filter: Filter) =>
  call<Audience>("/audiences", { method: "POST", body: { name, filter }, idempotencyKey: freshKey() });
