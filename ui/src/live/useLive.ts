/** How screens read the live store: `useLive((live) => live.me)`. Only under the shell, where it is filled. */
import { useMemo } from "react";
import { useHalfMinute } from "../time/useNow";
import { live } from "./link";
import { type Lists, type Live, listsOf } from "./state";
import { useStore } from "./store";

export function useLive<S>(select: (live: Live) => S): S {
  return useStore(live, (value) => {
    if (!value) throw new Error("The live store is read before it is filled");
    return select(value);
  });
}

/** My, Open and Closed, each in its order. */
export function useLists(): Lists {
  const state = useLive((value) => value);
  const now = useHalfMinute();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only these parts decide what stands where
  return useMemo(() => listsOf(state, now), [state.conversations, state.me, state.queues, now]);
}
