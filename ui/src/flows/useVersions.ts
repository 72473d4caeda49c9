/** The steps of each version that runs follow: those under way may be on one that is no longer published. */
import { useQueries } from "@tanstack/react-query";
import { readFlowVersion } from "../api/flow-calls";
import type { Definition, Flow } from "../api/schema.gen";

export type StepsOf = (version: number) => Definition["steps"];

export function useVersions(flow: Flow, versions: readonly number[]): StepsOf {
  const others = [...new Set(versions)].filter((one) => one !== flow.version);
  const read = useQueries({
    queries: others.map((version) => ({
      queryKey: ["flow", flow.id, "versions", version],
      queryFn: () => readFlowVersion(flow.id, version),
      staleTime: Number.POSITIVE_INFINITY,
    })),
  });
  const found = new Map(others.map((version, place) => [version, read[place]?.data?.steps]));
  return (version) => (version === flow.version ? flow.published?.steps : found.get(version)) ?? {};
}
