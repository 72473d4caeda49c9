/** The faces a screen can have besides its content: loading, empty, failed. */
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { sentenceOf } from "../api/client";
import { common } from "../words/common";
import css from "./blocks.module.css";
import { Icon, type IconName } from "./Icon";

export function LoadingFace({ lines = 6, label = common.loading }: { lines?: number; label?: string }) {
  const widths = ["62%", "84%", "48%", "76%", "56%", "90%"];
  return (
    <div className={css.bones} role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no identity and never move
        <div key={line} className={css.bone} style={{ width: widths[line % widths.length] }} />
      ))}
    </div>
  );
}

interface EmptyProps {
  icon: IconName;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

export function EmptyFace({ icon, title, children, action }: EmptyProps) {
  return (
    <div className={css.face}>
      <span className={css.faceMark}>
        <Icon name={icon} size={20} />
      </span>
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action && <div className={css.actions}>{action}</div>}
    </div>
  );
}

export function ErrorFace({
  error,
  title,
  onRetry,
}: {
  error: unknown;
  title: string;
  onRetry?: () => void;
}) {
  return (
    <div className={`${css.face} ${css.faceBad}`} role="alert">
      <span className={css.faceMark}>
        <Icon name="warn" size={20} />
      </span>
      <h2>{title}</h2>
      <p>{sentenceOf(error)}</p>
      {onRetry && (
        <div className={css.actions}>
          <Button variant="default" onClick={onRetry}>
            {common.tryAgain}
          </Button>
        </div>
      )}
    </div>
  );
}
