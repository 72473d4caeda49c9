/** A step in the graph: what it is, what it does in a line, and its ways out, each to drag from. */
import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import type { Definition } from "../api/schema.gen";
import { Icon } from "../blocks/Icon";
import { flowWords, builderWords as words } from "../words/flows";
import { COLUMN, exitsOf, type Kind, pointOf, TRIGGER } from "./graph";
import css from "./graph.module.css";
import { beginsBy, type Names, summaryOf, titleOf, wayWords } from "./summary";

export const TRIGGER_NODE = "trigger:";

interface Shown extends Record<string, unknown> {
  kind: Kind | null;
  title: string;
  summary: string;
  ways: readonly { way: string; label: string; open: boolean }[];
  wrong: boolean;
  stands: boolean;
  visited: boolean;
}

export type FlowNode = Node<Shown>;

export interface Marks {
  chosen: string | null;
  stands: string | null;
  visited: readonly string[];
  wrong: ReadonlySet<string>;
}

export function nodesOf(flow: Definition, names: Names, marks: Marks): FlowNode[] {
  const first = flow.steps[flow.first];
  const [x, y] = first ? pointOf(first) : [0, 0];
  const begins = beginsBy(flow.trigger);
  const trigger: FlowNode = {
    id: TRIGGER_NODE,
    type: "trigger",
    position: { x: x - COLUMN, y },
    draggable: false,
    deletable: false,
    selected: marks.chosen === TRIGGER,
    ariaLabel: `${words.trigger}: ${begins}`,
    data: {
      kind: null,
      title: words.trigger,
      summary: begins,
      ways: [],
      wrong: marks.wrong.has(TRIGGER),
      stands: false,
      visited: false,
    },
  };
  const steps = Object.entries(flow.steps).map(([name, step]): FlowNode => {
    const [left, top] = pointOf(step);
    const title = titleOf(step);
    const summary = summaryOf(step, names);
    return {
      id: name,
      type: "step",
      position: { x: left, y: top },
      selected: marks.chosen === name,
      deletable: Object.keys(flow.steps).length > 1,
      ariaLabel: `${title}: ${summary}`,
      data: {
        kind: step.kind,
        title,
        summary,
        ways: exitsOf(step).map(({ way, to }) => ({ way, label: wayWords(step, way), open: to === null })),
        wrong: marks.wrong.has(name),
        stands: marks.stands === name,
        visited: marks.visited.includes(name),
      },
    };
  });
  return [trigger, ...steps];
}

function Head({ data }: { data: Shown }) {
  return (
    <>
      <header>
        <b>{data.title}</b>
        {data.wrong && (
          <span className={css.wrong} title={words.wrong}>
            <Icon name="warn" size={14} />
            <span className="ab-visually-hidden">{words.wrong}</span>
          </span>
        )}
      </header>
      {data.kind && data.title !== flowWords.kinds[data.kind] && <small>{flowWords.kinds[data.kind]}</small>}
      <p title={data.summary}>{data.summary}</p>
    </>
  );
}

export function StepNode({ data, selected }: NodeProps<FlowNode>) {
  return (
    <div
      className={css.node}
      data-kind={data.kind}
      data-selected={selected}
      data-stands={data.stands}
      data-visited={data.visited}
      data-wrong={data.wrong}
    >
      <Handle type="target" position={Position.Left} className={css.into} />
      <Head data={data} />
      <ul>
        {data.ways.map(({ way, label, open }) => (
          <li key={way} data-open={open}>
            <span>{label}</span>
            <Handle type="source" position={Position.Right} id={way} className={css.out} />
          </li>
        ))}
      </ul>
    </div>
  );
}

export function TriggerNode({ data, selected }: NodeProps<FlowNode>) {
  return (
    <div className={css.node} data-kind="trigger" data-selected={selected} data-wrong={data.wrong}>
      <Head data={data} />
      <Handle type="source" position={Position.Right} id="next" className={css.out} />
    </div>
  );
}
