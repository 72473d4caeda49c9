/** Says when what is on screen may be old, and that nothing written is lost. */
import { Button } from "@mantine/core";
import { Icon } from "../blocks/Icon";
import { connection } from "../live/link";
import { useStore } from "../live/store";
import { useSecond } from "../time/useNow";
import { shell } from "../words/shell";
import css from "./shell.module.css";

export function ConnectionBanner({ onRetry }: { onRetry?: () => void }) {
  const state = useStore(connection, (value) => value);
  if (state.phase === "live") return null;
  return (
    <div className={css.banner} role="status">
      <Icon name="warn" />
      <Gone since={state.heardAt} />
      <span>{shell.offline.explain}</span>
      <Button size="compact-xs" variant="default" onClick={onRetry}>
        {shell.offline.now}
      </Button>
    </div>
  );
}

function Gone({ since }: { since: number }) {
  const now = useSecond();
  const seconds = Math.max(0, Math.round((now - since) / 1000));
  return <strong className="ab-tabular">{shell.offline.reconnecting(seconds)}</strong>;
}
