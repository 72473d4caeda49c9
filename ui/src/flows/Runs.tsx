/** The runs of a flow, the newest first: where each stands or how it ended, what it did, and stopping it. */
import { Button, Modal } from "@mantine/core";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { listFlowRuns, runDiary, stopRun } from "../api/flow-calls";
import type { Definition, Flow, FlowRun } from "../api/schema.gen";
import { EmptyFace, ErrorFace, LoadingFace } from "../blocks/Faces";
import { type Column, Table } from "../blocks/Rows";
import { Tag, type Tone } from "../blocks/Small";
import { Ago } from "../blocks/Times";
import { say, sayFailed } from "../blocks/toasts";
import { useKeys } from "../keys/keys";
import { exactOf } from "../time/format";
import { nameOf } from "../words/common";
import { runWords as words } from "../words/flows";
import { DiaryLines } from "./DiaryLines";
import css from "./flows.module.css";
import { titleOf } from "./summary";
import { type StepsOf, useVersions } from "./useVersions";

const EVERY_MS = 5000;
const TONES: Record<string, Tone> = { done: "good", refused: "bad", failed: "bad", opted_out: "warn" };
const whoOf = (run: FlowRun) => nameOf(run.contact_name, run.phone);

function StateTag({ run }: { run: FlowRun }) {
  if (run.state !== "ended") return <Tag tone="calm">{words.states[run.state] ?? run.state}</Tag>;
  const outcome = run.outcome ?? "";
  return <Tag tone={TONES[outcome] ?? "plain"}>{words.outcomes[outcome] ?? outcome}</Tag>;
}

const columnsOf = (stepsOf: StepsOf): Column<FlowRun>[] => [
  { title: words.columns.who, cell: whoOf },
  {
    title: words.columns.state,
    cell: (run) => (
      <>
        <StateTag run={run} />
        {run.problem && <p className={css.bad}>{run.problem}</p>}
      </>
    ),
  },
  {
    title: words.columns.where,
    cell: (run) => {
      const step = run.step ? stepsOf(run.version)[run.step] : undefined;
      return (
        <>
          {step ? titleOf(step) : run.step}
          {run.resume_at && run.state !== "ended" && (
            <span className={css.hint}> {`${words.until} ${exactOf(run.resume_at)}`}</span>
          )}
        </>
      );
    },
  },
  { title: words.columns.began, cell: (run) => <Ago at={run.began_at} /> },
  { title: words.columns.version, cell: (run) => run.version, figure: true },
];

export function Runs({ flow }: { flow: Flow }) {
  const [open, setOpen] = useState<number | null>(null);
  const runs = useInfiniteQuery({
    queryKey: ["flow", flow.id, "runs"],
    queryFn: ({ pageParam }) => listFlowRuns(flow.id, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: EVERY_MS,
  });
  const rows = runs.data?.pages.flatMap((page) => page.items) ?? [];
  const stepsOf = useVersions(
    flow,
    rows.map((run) => run.version),
  );
  if (runs.isPending) return <LoadingFace />;
  if (runs.isError) {
    return <ErrorFace title={words.failed} error={runs.error} onRetry={() => void runs.refetch()} />;
  }
  if (rows.length === 0) {
    return (
      <EmptyFace icon="clock" title={words.empty}>
        {words.emptyHint}
      </EmptyFace>
    );
  }
  const run = rows.find((one) => one.id === open);
  return (
    <div className={css.runs}>
      <Table rows={rows} columns={columnsOf(stepsOf)} nameOf={whoOf} onOpen={setOpen} />
      {runs.hasNextPage && (
        <Button variant="default" loading={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
          {words.older}
        </Button>
      )}
      {run && <RunDialog flow={flow} run={run} steps={stepsOf(run.version)} onClose={() => setOpen(null)} />}
    </div>
  );
}

interface DialogProps {
  flow: Flow;
  run: FlowRun;
  steps: Definition["steps"];
  onClose: () => void;
}

function RunDialog({ flow, run, steps, onClose }: DialogProps) {
  useKeys({}, { modal: true });
  const queries = useQueryClient();
  const diary = useQuery({
    queryKey: ["flow", flow.id, "runs", run.id],
    queryFn: () => runDiary(flow.id, run.id),
    refetchInterval: run.state === "ended" ? false : EVERY_MS,
  });
  const stop = async () => {
    try {
      await stopRun(flow.id, run.id);
      say(words.stopped);
    } catch (error) {
      sayFailed(words.stopFailed, error);
    }
    await queries.invalidateQueries({ queryKey: ["flow", flow.id] });
  };
  return (
    <Modal opened onClose={onClose} title={words.diary(whoOf(run))} size="lg">
      <div className={css.form}>
        <div>
          <StateTag run={run} />
        </div>
        {diary.isPending ? (
          <LoadingFace lines={4} />
        ) : diary.isError ? (
          <ErrorFace title={words.diaryFailed} error={diary.error} onRetry={() => void diary.refetch()} />
        ) : (
          <DiaryLines lines={diary.data} steps={steps} />
        )}
        {run.state !== "ended" && (
          <footer className={css.foot}>
            <Button variant="default" color="red" onClick={() => void stop()}>
              {words.stop}
            </Button>
          </footer>
        )}
      </div>
    </Modal>
  );
}
