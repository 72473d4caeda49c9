/** The thread: everything ever said with this contact, virtualised, anchored at its newest end. */
import { Button } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useMemo, useRef } from "react";
import type { ConversationView } from "../../api/types";
import { EmptyFace, ErrorFace, LoadingFace } from "../../blocks/Faces";
import { Icon } from "../../blocks/Icon";
import { outgoing } from "../../live/outgoing";
import { useStore } from "../../live/store";
import { useLive } from "../../live/useLive";
import { useHalfMinute } from "../../time/useNow";
import { thread as words } from "../../words/thread";
import { estimateOf, type Row, rowsOf, stillOut } from "./rows";
import { ThreadRow } from "./ThreadRow";
import css from "./thread.module.css";
import { useThread } from "./useThread";

export function Thread({ conversation }: { conversation: ConversationView }) {
  const { thread, error, earlier, retry } = useThread(conversation);
  const me = useLive((live) => live.me.id);
  const out = useStore(outgoing, (all) => all);
  const now = useHalfMinute();
  const { id, contact_id } = conversation;
  // Day marks depend on the date only, so rows are not rebuilt every half minute.
  const today = new Date(now).toDateString();
  const items = thread?.items;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `today` stands for `now`
  const rows = useMemo(() => {
    const mine = out.filter((one) => one.contactId === contact_id);
    const left = stillOut(mine, items ?? [], me);
    return rowsOf({ items: items ?? [], outgoing: left, conversationId: id, now });
  }, [items, out, me, id, contact_id, today]);
  if (error && !thread?.loaded) return <ErrorFace title={words.failed} error={error} onRetry={retry} />;
  if (!thread?.loaded) return <LoadingFace lines={8} label={words.loading} />;
  if (rows.length === 0) {
    return (
      <EmptyFace icon="desk" title={words.empty}>
        {words.emptyHint}
      </EmptyFace>
    );
  }
  return <Scroller key={contact_id} rows={rows} earlier={earlier} />;
}

/** Pixels from the end within which one reads the newest text. */
const NEAR_END = 80;

interface Earlier {
  more: boolean;
  busy: boolean;
  read: () => void;
}

function Scroller({ rows, earlier }: { rows: Row[]; earlier: Earlier }) {
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => estimateOf(rows[index]),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
    paddingStart: 12,
    paddingEnd: 12,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: NEAR_END,
  });
  const shown = virtual.getVirtualItems();
  const firstIndex = shown[0]?.index ?? 0;
  const { more, busy, read } = earlier;
  useEffect(() => {
    if (firstIndex < 12 && more && !busy) read();
  }, [firstIndex, more, busy, read]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the thread is first there
  useEffect(() => virtual.scrollToEnd(), []);
  useStayAtEnd(box, () => virtual.scrollToEnd());
  const atEnd = virtual.isAtEnd(NEAR_END);
  return (
    <div className={css.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must take the arrow keys */}
      <div className={css.scroll} ref={box} tabIndex={0} role="log" aria-live="off" aria-label={words.label}>
        <div className={css.canvas} style={{ height: virtual.getTotalSize() }}>
          {shown.map((place) => {
            const row = rows[place.index];
            return row ? (
              <div
                key={place.key}
                data-index={place.index}
                ref={virtual.measureElement}
                className={css.place}
                style={{ transform: `translateY(${place.start}px)` }}
              >
                <ThreadRow row={row} />
              </div>
            ) : null;
          })}
        </div>
      </div>
      {busy && (
        <div className={css.busy} role="status">
          {words.loadingEarlier}
        </div>
      )}
      {!atEnd && (
        <Button
          className={css.toEnd}
          size="compact-sm"
          variant="default"
          rightSection={<Icon name="down" />}
          onClick={() => virtual.scrollToEnd()}
        >
          {words.bottom}
        </Button>
      )}
    </div>
  );
}

/** Whoever reads the newest text keeps it in sight when the box shrinks, because the answer grows or the window
 * does, and when the rows turn out taller than was guessed. */
function useStayAtEnd(box: RefObject<HTMLDivElement | null>, toEnd: () => void): void {
  const current = useRef(toEnd);
  current.current = toEnd;
  useEffect(() => {
    const element = box.current;
    const canvas = element?.firstElementChild;
    if (!element || !canvas) return;
    let atEnd = true;
    const look = () => {
      atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
    };
    element.addEventListener("scroll", look, { passive: true });
    const watch = new ResizeObserver(() => atEnd && current.current());
    watch.observe(element);
    watch.observe(canvas);
    return () => {
      watch.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [box]);
}
