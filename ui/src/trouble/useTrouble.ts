/** What is held back and what did not arrive, for those who see all; read again when a breaker turns, and now and then. */
import { useQuery } from "@tanstack/react-query";
import { readTrouble } from "../api/calls";
import { useLive } from "../live/useLive";

const AGAIN_MS = 20_000;

export function useTrouble() {
  const seesAll = useLive((live) => live.me.role !== "agent");
  const turns = useLive((live) => live.breakerTurns);
  return useQuery({
    queryKey: ["trouble", turns],
    queryFn: readTrouble,
    enabled: seesAll,
    refetchInterval: AGAIN_MS,
    placeholderData: (before) => before,
  });
}
