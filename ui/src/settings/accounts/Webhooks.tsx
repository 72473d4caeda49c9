/** What the account's doors saw, what was refused and why, and what is kept for replay. */
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keptWebhooks, settleKept, webhookHealth } from "../../api/settings-calls";
import type { KeptWebhook, WebhookSpan, WebhookTally } from "../../api/settings-types";
import { ErrorFace, LoadingFace } from "../../blocks/Faces";
import { type Column, Table } from "../../blocks/Rows";
import { Tag, type Tone } from "../../blocks/Small";
import { Ago } from "../../blocks/Times";
import { say, sayFailed } from "../../blocks/toasts";
import { settings, accountWords as words } from "../../words/settings";
import own from "./accounts.module.css";
import { RawWebhook } from "./RawWebhook";

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
  const { tallies, last_at, last_accepted_at, day, month } = health.data;
  return (
    <>
      <p className={own.quiet}>
        {words.lastAt}: {last_at ? <Ago at={last_at} /> : words.never} · {words.lastAccepted}:{" "}
        {last_accepted_at ? <Ago at={last_accepted_at} /> : words.never}
      </p>
      {tallies.length === 0 ? (
        <p>{words.noHits}</p>
      ) : (
        <>
          <Spans day={day} month={month} />
          <h3>{words.byReason}</h3>
          <Table rows={tallies.map((tally, id) => ({ ...tally, id }))} columns={COLUMNS} />
        </>
      )}
      <Kept accountId={accountId} outcome="kept" />
      <Kept accountId={accountId} outcome="refused" />
    </>
  );
}

const COUNTS = ["accepted", "observed", "refused", "malformed", "repeated", "retried"] as const;
const TIMES = ["handling", "travel"] as const;

function lasting(seconds: number): string {
  return seconds < 1 ? `${Math.max(1, Math.round(seconds * 1000))} ms` : `${seconds.toFixed(1)} s`;
}

function Spans({ day, month }: { day: WebhookSpan; month: WebhookSpan }) {
  const timed = (times: WebhookSpan["handling"]) =>
    times ? `${lasting(times.half)}, ${lasting(times.most)}` : words.notMeasured;
  const rows = [
    ...COUNTS.map((name) => ({ name, day: day[name].toLocaleString(), month: month[name].toLocaleString() })),
    ...TIMES.map((name) => ({ name, day: timed(day[name]), month: timed(month[name]) })),
  ].map((row, id) => ({ ...row, id }));
  const columns: Column<(typeof rows)[number]>[] = [
    { title: words.healthColumns.measure, cell: (row) => words.measures[row.name] },
    { title: words.healthColumns.day, cell: (row) => row.day, figure: true },
    { title: words.healthColumns.month, cell: (row) => row.month, figure: true },
  ];
  return <Table rows={rows} columns={columns} />;
}

const KEPT = {
  kept: { title: words.kept, hint: words.keptHint, none: words.keptNone },
  refused: { title: words.refusedOnes, hint: words.refusedHint, none: words.refusedNone },
} as const;

function Kept({ accountId, outcome }: { accountId: number; outcome: keyof typeof KEPT }) {
  const kept = useQuery({ queryKey: ["kept", outcome], queryFn: () => keptWebhooks(outcome) });
  const rows = (kept.data?.items ?? []).filter((one) => one.provider_account_id === accountId);
  const [shown, setShown] = useState<number | null>(null);
  const columns: Column<KeptWebhook>[] = [
    { title: words.door, cell: (one) => words.doors[one.door] ?? one.door },
    { title: words.reason, cell: (one) => one.reason },
    { title: words.last, cell: (one) => <Ago at={one.received_at} /> },
    {
      title: "",
      cell: (one) => (
        <span className={own.settle}>
          <Button size="compact-sm" variant="default" onClick={() => setShown(one.id)}>
            {words.showRaw}
          </Button>
          {outcome === "kept" && <Settle id={one.id} />}
        </span>
      ),
      figure: true,
    },
  ];
  return (
    <>
      <h3>{KEPT[outcome].title}</h3>
      <p className={own.quiet}>{rows.length > 0 ? KEPT[outcome].hint : KEPT[outcome].none}</p>
      {rows.length > 0 && <Table rows={rows} columns={columns} />}
      {shown !== null && <RawWebhook id={shown} onClose={() => setShown(null)} />}
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
