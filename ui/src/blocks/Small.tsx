/** The smallest parts: a key cap, a tag with its state colour, a presence mark, a notice. */
import type { ReactNode } from "react";
import { sentenceOf } from "../api/client";
import type { Presence } from "../api/types";
import { common } from "../words/common";
import css from "./blocks.module.css";
import { Icon, type IconName } from "./Icon";

export type Tone = "plain" | "good" | "warn" | "bad" | "calm";

const toneClass: Record<Tone, string | undefined> = {
  plain: "",
  good: css.good,
  warn: css.warn,
  bad: css.bad,
  calm: css.calm,
};

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <span className={css.kbd} aria-hidden="true">
      {children}
    </span>
  );
}

export function Tag({
  tone = "plain",
  icon,
  children,
}: {
  tone?: Tone;
  icon?: IconName;
  children: ReactNode;
}) {
  return (
    <span className={`${css.tag} ${toneClass[tone]}`}>
      {icon && <Icon name={icon} size={12} />}
      {children}
    </span>
  );
}

export function PresenceDot({ presence }: { presence: Presence }) {
  return (
    <span className={css.dot} data-presence={presence} role="img" aria-label={common.presence[presence]} />
  );
}

export function Notice({ tone, icon, children }: { tone: Tone; icon: IconName; children: ReactNode }) {
  return (
    <div className={`${css.notice} ${toneClass[tone]}`}>
      <Icon name={icon} />
      <div>{children}</div>
    </div>
  );
}

/** Why something was not done, where it was tried. */
export function FailedNotice({ what, error }: { what: string; error: unknown }) {
  if (!error) return null;
  return (
    <div role="alert">
      <Notice tone="bad" icon="warn">
        {what}. {sentenceOf(error)}
      </Notice>
    </div>
  );
}
