/** Observe, then enforce: what is not proven genuine is first counted, then refused. Turning it says the effect. */
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { changeRow, webhookHealth } from "../../api/settings-calls";
import type { ProviderAccount } from "../../api/settings-types";
import { Notice, Tag } from "../../blocks/Small";
import { say, sayFailed } from "../../blocks/toasts";
import { common } from "../../words/common";
import { settings, accountWords as words } from "../../words/settings";
import own from "./accounts.module.css";

export function Signatures({ account }: { account: ProviderAccount }) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  const health = useQuery({
    queryKey: ["webhooks", account.id],
    queryFn: () => webhookHealth(account.id),
    refetchInterval: 10_000,
  });
  const mode = account.signature_mode;
  const other = mode === "enforce" ? "observe" : "enforce";
  const hits = (span: "day" | "month") =>
    health.data?.[span][mode === "enforce" ? "refused" : "observed"] ?? 0;
  const turn = async () => {
    setBusy(true);
    try {
      await changeRow("provider-accounts", account.id, { signature_mode: other });
      await queries.invalidateQueries({ queryKey: ["settings"] });
      await queries.invalidateQueries({ queryKey: ["webhooks", account.id] });
      say(settings.saved);
      setAsking(false);
    } catch (error) {
      sayFailed(settings.saveFailed, error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <p>
        <Tag tone={mode === "enforce" ? "good" : "warn"} icon={mode === "enforce" ? "check" : "warn"}>
          {words.signatureModes[mode]}
        </Tag>
      </p>
      <p className={own.quiet}>{words.signatureAbout[mode]}</p>
      <p className="ab-tabular">
        {words.wouldBe[mode]}: <b>{hits("day").toLocaleString()}</b> {words.spans.day},{" "}
        <b>{hits("month").toLocaleString()}</b> {words.spans.month}
      </p>
      {health.data?.may_enforce && (
        <Notice tone="good" icon="check">
          {words.mayEnforce}
        </Notice>
      )}
      {asking ? (
        <div role="alert">
          <Notice tone="warn" icon="warn">
            {words.turnAsk[other](hits("day"))}
          </Notice>
          <div className={own.acts}>
            <Button loading={busy} onClick={() => void turn()}>
              {words.turnTo[other]}
            </Button>
            <Button variant="default" onClick={() => setAsking(false)}>
              {common.cancel}
            </Button>
          </div>
        </div>
      ) : (
        <div>
          <Button variant={health.data?.may_enforce ? "filled" : "default"} onClick={() => setAsking(true)}>
            {words.turnTo[other]}
          </Button>
        </div>
      )}
    </>
  );
}
