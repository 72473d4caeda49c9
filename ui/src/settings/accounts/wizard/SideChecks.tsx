/** The checks at the side: green with the evidence, red with the provider's own click path to mend it. */
import { Button } from "@mantine/core";
import { sentenceOf } from "../../../api/client";
import type { Provider, Upkeep } from "../../../api/settings-types";
import type { Check } from "../../../api/types";
import { Notice } from "../../../blocks/Small";
import { accountWords as words } from "../../../words/settings";
import { CheckList } from "../../CheckList";
import own from "../accounts.module.css";
import { UpkeepFindings } from "../UpkeepFindings";

interface Props {
  provider: Provider | undefined;
  upkeep: Upkeep | undefined;
  checks: readonly Check[] | undefined;
  busy: boolean;
  error: unknown;
  onAgain: (() => void) | undefined;
}

export function SideChecks({ provider, upkeep, checks, busy, error, onAgain }: Props) {
  const idle = !upkeep && !checks && error === null;
  return (
    <aside className={own.side} aria-label={words.checks}>
      <h3>{words.checks}</h3>
      {checks && <CheckList checks={checks} />}
      {upkeep && <UpkeepFindings upkeep={upkeep} />}
      {idle && (
        <p className={own.quiet}>{busy ? `${words.checkingAt(provider?.label ?? "")}…` : words.checksIdle}</p>
      )}
      {error !== null && (
        <Notice tone="bad" icon="warn">
          {words.checkFailed}. {sentenceOf(error)}
        </Notice>
      )}
      {onAgain && (
        <div>
          <Button variant="default" loading={busy} onClick={onAgain}>
            {words.checkNow}
          </Button>
        </div>
      )}
    </aside>
  );
}
