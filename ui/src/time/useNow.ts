/** One ticking clock for the whole page, so that a hundred rows do not hold a hundred timers. */
import { useSyncExternalStore } from "react";

function ticker(everyMs: number) {
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const listeners = new Set<() => void>();
  const tick = () => {
    now = Date.now();
    for (const listener of listeners) listener();
  };
  return {
    subscribe(listener: () => void) {
      if (listeners.size === 0) {
        now = Date.now();
        timer = setInterval(tick, everyMs);
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) clearInterval(timer);
      };
    },
    read: () => now,
  };
}

const seconds = ticker(1000);
const halfMinutes = ticker(30_000);

/** Changes every second. Use it in small leaves only. */
export const useSecond = (): number => useSyncExternalStore(seconds.subscribe, seconds.read, seconds.read);
/** Changes every half minute, for "5m" and the customer's clock. */
export const useHalfMinute = (): number =>
  useSyncExternalStore(halfMinutes.subscribe, halfMinutes.read, halfMinutes.read);
