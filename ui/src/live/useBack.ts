/** Runs something each time the lost connection is back, so that what failed meanwhile is tried again. */
import { useEffect, useRef } from "react";
import { connection } from "./link";
import { useStore } from "./store";

export function useBack(act: () => void): void {
  const connected = useStore(connection, (state) => state.phase === "live");
  const current = useRef(act);
  current.current = act;
  const before = useRef(connected);
  useEffect(() => {
    if (connected && !before.current) current.current();
    before.current = connected;
  }, [connected]);
}
