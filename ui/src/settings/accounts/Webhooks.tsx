/** What the account's doors saw, what was refused and why, and what is kept for replay. */
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keptWebhooks, settleKept, webhookHealth } from "../../api/settings-calls";
import type { KeptWebhook, WebhookTally } from "../../api/settings-types";
import { ErrorFace, LoadingFace } from "../../blocks/Faces";
import { Tag, type Tone } from "../../blocks/Small";
import { Ago } from "../../blocks/Times";
import { say, sayFailed } from "../../blocks/toasts";
import { settings, accountWords as words } from "../../words/settings";
import { type Column, Table } from "../ListPage";
import own from "./accounts.module.css";

const TONE: Record<WebhookTally["outcome"], Tone> = {
  accepted: "good",
  refused: "bad",
  observed: "warn",
  malformed: "bad",
};

const COLUMNS: readonly Column<WebhookTally & { id: number }>[] = [
  { title: words.door, cell: (one) => words.doors[one.door] ?? one.door },
  {
    title: words.outcome,
    cell: (one) => (
      <Tag tone={TONE[one.outcome]} icon={one.outcome === "accepted" ? "check" : "warn"}>
        {words.outcomes[one.outcome] ?? one.outcome}
      </Tag>
    ),
  },
  { title: words.reason, cell: (one) => one.reason },
  { title: words.hits, cell: (one) => one.hits.toLocaleString(), figure: true },
  { title: words.last, cell: (one) => <Ago at={one.last_at} /> },
];

export function Webhooks({ accountId }: { accountId: number }) {
  const health = useQuery({
    queryKey: ["webhooks", accountId],
    queryFn: () => webhookHealth(accountId),
    refetchInterval: 10_000,
  });
  if (health.isPending) return <LoadingFace lines={3} />;
  if (health.isError) {
    return (
      <ErrorFace title={settings.readFailed} error={health.error} onRetry={() => void health.refetch()} />
    );
  }
  const { tallies, last_accepted_at } = health.data;
  return (
    <>
      <p className={own.quiet}>
        {words.lastAccepted}: {last_accepted_at ? <Ago at={last_accepted_at} /> : words.never}
      </p>
      {tallies.length === 0 ? (
        <p>{words.noHits}</p>
      ) : (
        <Table rows={tallies.map((tally, id) => ({ ...tally, id }))} columns={COLUMNS} />
      )}
      <Kept accountId={accountId} />
    </>
  );
}

function Kept({ accountId }: { accountId: number }) {
  const kept = useQuery({ queryKey: ["kept"], queryFn: keptWebhooks });
  const rows = (kept.data?.items ?? []).filter((one) => one.provider_account_id === accountId);
  const columns: Column<KeptWebhook>[] = [
    { title: words.door, cell: (one) => words.doors[one.door] ?? one.door },
    { title: words.reason, cell: (one) => one.reason },
    { title: words.last, cell: (one) => <Ago at={one.received_at} /> },
    { title: "", cell: (one) => <Settle id={one.id} />, figure: true },
  ];
  return (
    <>
      <h3>{words.kept}</h3>
      <p className={own.quiet}>{rows.length > 0 ? words.keptHint : words.keptNone}</p>
      {rows.length > 0 && <Table rows={rows} columns={columns} />}
    </>
  );
}

function Settle({ id }: { id: number }) {
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  const settle = (how: "replay" | "drop") => async () => {
    setBusy(true);
    try {
      await settleKept(id, how);
      say(how === "replay" ? words.replayed : settings.removed);
    } catch (error) {
      sayFailed(how === "replay" ? words.replayFailed : words.dropFailed, error);
    } finally {
      setBusy(false);
      await queries.invalidateQueries({ queryKey: ["kept"] });
    }
  };
  return (
    <span className={own.settle}>
      <Button size="compact-sm" variant="default" loading={busy} onClick={() => void settle("replay")()}>
        {words.replay}
      </Button>
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        disabled={busy}
        onClick={() => void settle("drop")()}
      >
        {words.drop}
      </Button>
    </span>
  );
}
