/** Workstreams: how texts are handled from the first to the close. */
import type { MediaPolicy, Survey } from "../api/schema.gen";
import type { Queue, Workstream } from "../api/settings-types";
import type { Column } from "../blocks/Rows";
import { mediaWords, surveyWords } from "../words/automation";
import { settings } from "../words/settings";
import { workstreamWords as words } from "../words/settings-nouns";
import { MediaFields } from "./behaviours/MediaFields";
import { SurveyFields } from "./behaviours/SurveyFields";
import { durationOf, type Field } from "./fields";
import { ListPage } from "./ListPage";
import { RowForm } from "./RowForm";
import { rowOf, useRowNavigation, useRows } from "./useRows";

const YEAR = 31_536_000;

function fieldsOf(queues: readonly Queue[]): Field[] {
  const options = queues.map((queue) => ({ value: String(queue.id), label: queue.name }));
  const initial = queues.length === 1 ? queues[0]?.id : undefined;
  const close = { kind: "seconds", min: 60, max: YEAR } as const;
  return [
    { name: "name", label: words.name, kind: "text", required: true },
    {
      name: "queue_id",
      label: words.queue,
      hint: words.queueHint,
      kind: "select",
      id: true,
      required: true,
      options,
      initial,
    },
    { name: "mode", label: words.mode, kind: "select", options: words.modes, initial: "push" },
    {
      name: "offer_seconds",
      label: words.offerSeconds,
      kind: "seconds",
      min: 5,
      max: 3600,
      initial: 120,
      group: words.offering,
    },
    {
      name: "auto_accept",
      label: words.autoAccept,
      hint: words.autoAcceptHint,
      kind: "switch",
      initial: false,
    },
    { name: "decline_limit", label: words.declineLimit, kind: "number", min: 1, max: 5, initial: 3 },
    { name: "units", label: words.units, kind: "number", min: 1, max: 100, initial: 1 },
    {
      name: "affinity",
      label: words.affinity,
      hint: words.affinityHint,
      kind: "switch",
      initial: true,
      group: words.keeping,
    },
    {
      name: "affinity_grace_seconds",
      label: words.affinityGrace,
      kind: "seconds",
      min: 0,
      max: 86_400,
      initial: 120,
    },
    {
      name: "agent_lost_rule",
      label: words.lost,
      kind: "select",
      options: words.lostRules,
      initial: "return_to_queue",
    },
    {
      name: "fail_over",
      label: words.failOver,
      hint: words.failOverHint,
      kind: "switch",
      initial: false,
    },
    {
      name: "wrap_up_capacity",
      label: words.wrapUpCapacity,
      kind: "select",
      options: words.wrapUpModes,
      initial: "for_seconds",
      group: words.ending,
    },
    { name: "wrap_up_seconds", label: words.wrapUpSeconds, kind: "seconds", min: 0, max: 3600, initial: 60 },
    { name: "reopen_seconds", label: words.reopen, kind: "seconds", min: 0, max: YEAR, initial: 86_400 },
    {
      name: "auto_close_open_seconds",
      label: words.closeOpen,
      ...close,
      initial: 2_592_000,
      group: words.closing,
    },
    { name: "auto_close_active_seconds", label: words.closeActive, ...close, initial: 2_592_000 },
    { name: "auto_close_waiting_seconds", label: words.closeWaiting, ...close, initial: 259_200 },
    { name: "auto_close_wrap_up_seconds", label: words.closeWrapUp, ...close, initial: 86_400 },
    {
      name: "survey",
      label: surveyWords.group,
      kind: "custom",
      group: surveyWords.group,
      initial: { active: false, questions: {}, thanks: {}, answer_hours: 24 } satisfies Survey,
      draw: ({ value, problems, onChange }) => (
        <SurveyFields value={value as Survey} problems={problems} onChange={onChange} />
      ),
    },
    {
      name: "media",
      label: mediaWords.group,
      kind: "custom",
      group: mediaWords.group,
      initial: { receive: ["image", "audio", "video", "file"], send: true } satisfies MediaPolicy,
      draw: ({ value, onChange }) => <MediaFields value={value as MediaPolicy} onChange={onChange} />,
    },
  ];
}

export function WorkstreamsPage({ rowId }: { rowId: string | null }) {
  const rows = useRows<Workstream>("workstreams");
  const queues = useRows<Queue>("queues");
  const go = useRowNavigation("workstreams");
  const row = rowOf(rows.data, rowId);
  const columns: Column<Workstream>[] = [
    { title: words.name, cell: (one) => one.name },
    { title: words.mode, cell: (one) => words.modeShort[one.mode] },
    { title: words.queue, cell: (one) => queues.data?.find((queue) => queue.id === one.queue_id)?.name },
    { title: words.offerSeconds, cell: (one) => durationOf(one.offer_seconds) },
    {
      title: words.reopen,
      cell: (one) => (one.reopen_seconds === 0 ? settings.none : durationOf(one.reopen_seconds)),
    },
  ];
  return (
    <ListPage page="workstreams" rows={rows} columns={columns} nameOf={(one) => one.name}>
      {row !== undefined && queues.data && (
        <RowForm
          key={rowId}
          resource="workstreams"
          title={row?.name ?? settings.add.workstreams ?? ""}
          fields={fieldsOf(queues.data)}
          row={row}
          onClose={go.close}
        />
      )}
    </ListPage>
  );
}
