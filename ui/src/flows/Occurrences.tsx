/** The last times a flow began for many, by the clock or by a person: how many runs came of each, and what was missed. */
import { useQuery } from "@tanstack/react-query";
import { listFlowOccurrences } from "../api/flow-calls";
import type { Flow, FlowOccurrence } from "../api/schema.gen";
import { type Column, Table } from "../blocks/Rows";
import { Tag, type Tone } from "../blocks/Small";
import { exactOf } from "../time/format";
import { timedWords as words } from "../words/timed-flows";
import css from "./flows.module.css";

const EVERY_MS = 5000;
const TONES: Record<string, Tone> = { done: "good", beginning: "calm", missed: "bad" };
const COLUMNS: Column<FlowOccurrence>[] = [
  { title: words.columns.at, cell: (one) => exactOf(one.at) },
  { title: words.columns.whom, cell: (one) => one.tag ?? one.audience_name ?? words.byClock },
  {
    title: words.columns.state,
    cell: (one) => <Tag tone={TONES[one.state] ?? "plain"}>{words.states[one.state] ?? one.state}</Tag>,
  },
  { title: words.columns.began, cell: (one) => one.began.toLocaleString(), figure: true },
  { title: words.columns.skipped, cell: (one) => one.skipped || "", figure: true },
];

export function Occurrences({ flow }: { flow: Flow }) {
  const times = useQuery({
    queryKey: ["flow", flow.id, "occurrences"],
    queryFn: () => listFlowOccurrences(flow.id),
    refetchInterval: EVERY_MS,
  });
  if (!times.data?.items.length) return null;
  return (
    <section className={css.runs} aria-labelledby="occurrences">
      <h3 id="occurrences">{words.occurrences}</h3>
      <Table rows={times.data.items} columns={COLUMNS} />
    </section>
  );
}
