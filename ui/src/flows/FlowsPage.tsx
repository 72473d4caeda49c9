/** The list of flows, or the one that is being built. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { flowResults } from "../api/flow-calls";
import type { Flow } from "../api/schema.gen";
import { type Column, RowPages } from "../blocks/Rows";
import { Tag, type Tone } from "../blocks/Small";
import { inOrder } from "../outreach/order";
import { useRowNavigation, useRows } from "../settings/useRows";
import { exactOf } from "../time/format";
import { runWords, flowWords as words } from "../words/flows";
import { timedWords as timed } from "../words/timed-flows";
import { FlowEditor } from "./FlowEditor";
import css from "./flows.module.css";
import { NewFlow } from "./NewFlow";
import { beginsBy } from "./summary";

type State = keyof typeof words.states;
const TONES: Record<State, Tone> = { active: "good", paused: "warn", draft: "plain", archived: "plain" };

export const stateOf = (flow: Flow): State =>
  flow.archived ? "archived" : flow.version === null ? "draft" : flow.active ? "active" : "paused";

export function FlowTag({ flow }: { flow: Flow }) {
  const state = stateOf(flow);
  return <Tag tone={TONES[state]}>{words.states[state]}</Tag>;
}

function ResultsCell({ flow }: { flow: Flow }) {
  const results = useQuery({
    queryKey: ["flow", flow.id, "results"],
    queryFn: () => flowResults(flow.id),
    enabled: flow.version !== null,
  });
  const ended = Object.entries(results.data ?? {}).filter(([outcome]) => outcome !== "under_way");
  return ended.map(([outcome, count]) => `${count} ${runWords.outcomes[outcome] ?? outcome}`).join(", ");
}

function BeginsCell({ flow }: { flow: Flow }) {
  return (
    <>
      {beginsBy((flow.published ?? flow.draft).trigger)}
      {flow.next_at && <div className={css.hint}>{timed.next(exactOf(flow.next_at))}</div>}
    </>
  );
}

const COLUMNS: Column<Flow>[] = [
  { title: words.columns.name, cell: (flow) => flow.name },
  { title: words.columns.begins, cell: (flow) => <BeginsCell flow={flow} /> },
  { title: words.columns.state, cell: (flow) => <FlowTag flow={flow} /> },
  { title: words.columns.version, cell: (flow) => flow.version ?? words.noVersion, figure: true },
  { title: words.columns.underWay, cell: (flow) => flow.under_way.toLocaleString(), figure: true },
  { title: words.columns.results, cell: (flow) => <ResultsCell flow={flow} /> },
];

export default function FlowsPage({ rowId }: { rowId: string | null }) {
  const flows = useRows<Flow>("flows");
  const go = useRowNavigation("flows", "outreach");
  const [adding, setAdding] = useState(false);
  const made = (id: number) => {
    setAdding(false);
    go.open(id);
  };
  return (
    <>
      <RowPages
        words={words}
        icon="transfer"
        rows={{ ...flows, data: inOrder(flows.data) }}
        columns={COLUMNS}
        nameOf={(one) => one.name}
        onOpen={go.open}
        onAdd={() => setAdding(true)}
        rowId={rowId}
        one={(flow) => flow && <FlowEditor key={flow.id} flow={flow} />}
      />
      {adding && <NewFlow onMade={made} onClose={() => setAdding(false)} />}
    </>
  );
}
