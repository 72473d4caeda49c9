/** One tab leads and holds the stream, the others hear it from that tab. HTTP/1.1 gives a browser only six
 * connections to a server, so a stream per tab would starve the seventh. Without Web Locks (plain http on
 * another host) every tab leads itself. */
import type { StreamEvent } from "../api/types";
import type { Connection } from "./link";

export type Told =
  | { kind: "event"; before: string; event: StreamEvent }
  | { kind: "status"; connection: Connection }
  | { kind: "reset" };

export interface TabLink {
  tell(message: Told): void;
  /** Resolves when this tab stops leading. */
  lead(signal: AbortSignal, work: () => Promise<void>): Promise<void>;
  close(): void;
}

export function linkTabs(name: string, hear: (message: Told) => void): TabLink {
  if (!("locks" in navigator) || !("BroadcastChannel" in window)) {
    return { tell: () => {}, lead: (_signal, work) => work(), close: () => {} };
  }
  const channel = new BroadcastChannel(name);
  channel.onmessage = (message: MessageEvent<Told>) => hear(message.data);
  return {
    tell: (message) => channel.postMessage(message),
    lead: async (signal, work) => {
      try {
        await navigator.locks.request(name, { signal }, work);
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
    close: () => channel.close(),
  };
}
