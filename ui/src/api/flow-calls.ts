/** Calls of the flows screens. */
import { call, query } from "./client";
import { freshKey } from "./key";
import type {
  Audience,
  Begun,
  Definition,
  Diary,
  Flow,
  FlowAddress,
  FlowChanges,
  FlowDraft,
  FlowOccurrence,
  FlowRun,
  FlowTrial,
  FlowTrialResult,
  ManyWish,
  NewFlow,
  Results,
  RunWish,
  TagReach,
} from "./schema.gen";
import type { Page } from "./types";

const path = (id: number) => `/flows/${id}`;

export const readFlow = (id: number) => call<Flow>(path(id));
export const createFlow = (body: FlowDraft) =>
  call<NewFlow>("/flows", { method: "POST", body, idempotencyKey: freshKey() });
export const changeFlow = (id: number, body: FlowChanges) => call<Flow>(path(id), { method: "PATCH", body });
export const removeFlow = (id: number) => call<void>(path(id), { method: "DELETE" });
export const publishFlow = (id: number) => call<Flow>(`${path(id)}/publish`, { method: "POST", body: {} });
export const simulateFlow = (body: FlowTrial, signal?: AbortSignal) =>
  call<FlowTrialResult>("/flows/simulations", { method: "POST", body, signal });

export const listFlowRuns = (id: number, cursor: string | null) =>
  call<Page<FlowRun>>(`${path(id)}/runs${query({ cursor, limit: 50 })}`);
export const readFlowVersion = (id: number, version: number) =>
  call<Definition>(`${path(id)}/versions/${version}`);
export const listFlowOccurrences = (id: number) =>
  call<Page<FlowOccurrence>>(`${path(id)}/occurrences${query({ limit: 10 })}`);
export const listReadyAudiences = async () =>
  (await call<Page<Audience>>(`/audiences${query({ limit: 200 })}`)).items.filter(
    (one) => one.state === "ready",
  );
export const countTagged = async (tag: string) =>
  (await call<TagReach>(`/flows/tagged${query({ tag })}`)).contacts;
export const beginFlowForMany = (id: number, whom: ManyWish, idempotencyKey: string) =>
  call<FlowOccurrence>(`${path(id)}/occurrences`, { method: "POST", body: whom, idempotencyKey });
export const readFlowAddress = async (id: number) => (await call<FlowAddress>(`${path(id)}/address`)).url;
export const renewFlowAddress = async (id: number) =>
  (await call<FlowAddress>(`${path(id)}/address`, { method: "POST", body: {} })).url;
export const flowResults = async (id: number) => (await call<Results>(`${path(id)}/results`)).outcomes;
export const runDiary = async (id: number, runId: number) =>
  (await call<Diary>(`${path(id)}/runs/${runId}`)).items;
export const stopRun = (id: number, runId: number) =>
  call<void>(`${path(id)}/runs/${runId}/stop`, { method: "POST", body: {} });
export const beginFlow = async (id: number, items: RunWish[]) =>
  (
    await call<{ items: Begun[] }>(`${path(id)}/runs`, {
      method: "POST",
      body: { items },
      idempotencyKey: freshKey(),
    })
  ).items;
