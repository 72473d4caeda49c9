/** The rows of the list, virtualised: a supervisor may see thousands of open conversations. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { ConversationView } from "../api/types";
import { useLive } from "../live/useLive";
import { ConversationRow } from "./ConversationRow";
import css from "./list.module.css";

const ROW_PX = 80;

interface Props {
  rows: ConversationView[];
  openId: number | null;
  /** The row J and K point at. */
  cursor: number | null;
  onOpen: (id: number) => void;
}

export function Rows({ rows, openId, cursor, onOpen }: Props) {
  const live = useLive((state) => state.conversations);
  const me = useLive((state) => state.me.id);
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 6,
  });
  const place = rows.findIndex((row) => row.id === cursor);
  // Only when the cursor moves: a list that reorders itself must not scroll under the reader.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `place` also changes with the order
  useEffect(() => {
    if (place >= 0) virtual.scrollToIndex(place, { align: "auto" });
  }, [cursor]);
  return (
    <div className={css.rows} ref={box}>
      <ul className={css.canvas} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className={css.place}
              style={{ transform: `translateY(${start}px)` }}
            >
              <ConversationRow
                conversation={live[row.id] ?? row}
                mine={row.agent_id === me}
                open={row.id === openId}
                pointed={row.id === cursor}
                onOpen={onOpen}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
