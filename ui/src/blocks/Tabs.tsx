/** A row of tabs; arrows move between them. */
import type { KeyboardEvent } from "react";
import css from "./tabs.module.css";

interface Props<T extends string> {
  label: string;
  all: Readonly<Record<T, string>>;
  open: T;
  onOpen: (tab: T) => void;
}

export function Tabs<T extends string>({ label, all, open, onOpen }: Props<T>) {
  const names = Object.keys(all) as T[];
  const onKey = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const place = (names.indexOf(open) + step + names.length) % names.length;
    const next = names[place];
    if (step === 0 || !next) return;
    event.preventDefault();
    onOpen(next);
    event.currentTarget.querySelectorAll<HTMLElement>("[role=tab]")[place]?.focus();
  };
  return (
    <div className={css.tabs} role="tablist" aria-label={label} onKeyDown={onKey}>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={name === open}
          tabIndex={name === open ? 0 : -1}
          onClick={() => onOpen(name)}
        >
          {all[name]}
        </button>
      ))}
    </div>
  );
}
