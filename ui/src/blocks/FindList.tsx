/** A search field over the list it finds: arrows move, Enter chooses, the field keeps the focus. */
import { TextInput } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import css from "./blocks.module.css";
import { Icon } from "./Icon";

export interface Found {
  id: number;
  label: string;
  detail?: string;
}

interface Props {
  label: string;
  typed: string;
  onTyped: (typed: string) => void;
  rows: readonly Found[];
  onChoose: (id: number) => void;
  /** Stands in the list's place where there are no rows. */
  children?: ReactNode;
  onKeyDown?: (event: KeyboardEvent) => void;
  autoFocus?: boolean;
}

export function FindList({ label, typed, onTyped, rows, onChoose, children, onKeyDown, autoFocus }: Props) {
  const listId = useId();
  const [place, setPlace] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  // It may stand in a dialog that had nothing to focus while its rows were read.
  useEffect(() => {
    if (autoFocus) field.current?.focus();
  }, [autoFocus]);
  const at = Math.min(place, rows.length - 1);
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const row = rows[at];
    if (step !== 0) {
      event.preventDefault();
      setPlace((at + step + rows.length) % Math.max(1, rows.length));
    } else if (event.key === "Enter" && row) {
      event.preventDefault();
      onChoose(row.id);
    } else onKeyDown?.(event);
  };
  return (
    <div className={css.find}>
      <TextInput
        ref={field}
        data-autofocus={autoFocus || undefined}
        role="combobox"
        aria-expanded={rows.length > 0}
        aria-controls={listId}
        aria-activedescendant={rows[at] ? `${listId}-${rows[at].id}` : undefined}
        aria-label={label}
        placeholder={label}
        leftSection={<Icon name="search" size={14} />}
        value={typed}
        onChange={(event) => {
          onTyped(event.currentTarget.value);
          setPlace(0);
        }}
        onKeyDown={onKey}
      />
      <div id={listId} role="listbox" aria-label={label} className={css.foundRows}>
        {rows.map((row, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above takes the keys for the whole list
          <div
            key={row.id}
            id={`${listId}-${row.id}`}
            role="option"
            aria-selected={index === at}
            tabIndex={-1}
            className={css.foundRow}
            ref={(node) => {
              if (index === at) node?.scrollIntoView({ block: "nearest" });
            }}
            onClick={() => onChoose(row.id)}
            onMouseMove={() => setPlace(index)}
          >
            <span>{row.label}</span>
            {row.detail && <small>{row.detail}</small>}
          </div>
        ))}
      </div>
      {rows.length === 0 && children}
    </div>
  );
}
