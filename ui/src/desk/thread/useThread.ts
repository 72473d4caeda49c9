/** Reads a contact's thread into the live store: the newest page when opened, earlier ones on demand. */
import { useCallback, useEffect, useRef, useState } from "react";
import { readThread } from "../../api/calls";
import type { ConversationView } from "../../api/types";
import { live } from "../../live/link";
import { openThread, putPage, type ThreadEdge } from "../../live/reduce";
import { useBack } from "../../live/useBack";
import { useLive } from "../../live/useLive";

export function useThread({ id, contact_id }: ConversationView) {
  const thread = useLive((state) => state.threads[contact_id]);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const asked = useRef<string | null>(null);
  const read = useCallback(
    async (edge: ThreadEdge, before: string | null) => {
      setBusy(true);
      try {
        const page = await readThread(id, before);
        live.set((state) => state && putPage(state, contact_id, edge, page));
        setError(null);
      } catch (problem) {
        setError(problem);
      } finally {
        setBusy(false);
      }
    },
    [id, contact_id],
  );
  const known = thread !== undefined;
  useEffect(() => {
    if (known) return;
    // The thread is opened before it is read: what the stream brings meanwhile is kept.
    live.set((state) => state && openThread(state, contact_id));
    void read("newest", null);
  }, [known, contact_id, read]);
  const failed = error !== null;
  const loaded = thread?.loaded ?? false;
  useBack(() => {
    if (failed && loaded) setError(null);
    else if (failed) void read("newest", null);
  });
  const before = thread?.nextBefore ?? null;
  const readEarlier = useCallback(() => {
    if (before === null || asked.current === before) return;
    asked.current = before;
    void read("earlier", before).finally(() => {
      asked.current = null;
    });
  }, [before, read]);
  const earlier = {
    more: before !== null && error === null,
    busy: busy && thread?.loaded === true,
    read: readEarlier,
  };
  return { thread, error, earlier, retry: () => void read("newest", null) };
}
