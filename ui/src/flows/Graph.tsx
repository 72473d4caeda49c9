/** The steps as a graph: drag to place, drag from a way out to connect, Delete removes. */
import "@xyflow/react/dist/base.css";
import {
  applyNodeChanges,
  Background,
  type Connection,
  Controls,
  type EdgeChange,
  type Edge as Line,
  type NodeChange,
  ReactFlow,
  type ReactFlowInstance,
} from "@xyflow/react";
import { useEffect, useMemo, useState } from "react";
import type { Definition } from "../api/schema.gen";
import { builderWords as words } from "../words/flows";
import { connect, edgesOf, moveSteps, TRIGGER } from "./graph";
import css from "./graph.module.css";
import type { FlowProblem } from "./problems";
import { type FlowNode, type Marks, nodesOf, StepNode, TRIGGER_NODE, TriggerNode } from "./StepNode";
import { titleOf, wayWords } from "./summary";
import type { Known } from "./useKnown";

const NODE_TYPES = { step: StepNode, trigger: TriggerNode };
const FIT = { padding: 0.12, maxZoom: 1 };
const nameOf = (id: string) => (id === TRIGGER_NODE ? TRIGGER : id);
const idOf = (name: string) => (name === TRIGGER ? TRIGGER_NODE : name);

interface Props {
  flow: Definition;
  known: Known;
  problems: readonly FlowProblem[];
  chosen: string | null;
  /** Another value: everything comes into view again. */
  fit: string;
  stands: string | null;
  visited: readonly string[];
  onChoose: (name: string | null) => void;
  onChange: (to: (draft: Definition) => Definition) => void;
  onRemove: (name: string) => void;
}

export function Graph(props: Props) {
  const { flow, known, problems, chosen, stands, visited, fit, onChoose, onChange, onRemove } = props;
  const [instance, setInstance] = useState<ReactFlowInstance<FlowNode, Line> | null>(null);
  const trail = visited.join();
  const wrong = JSON.stringify([...new Set(problems.map((one) => one.step))]);
  const drawn = useMemo(() => {
    const marks: Marks = {
      chosen,
      stands,
      visited: trail.split(","),
      wrong: new Set<string>(JSON.parse(wrong)),
    };
    return nodesOf(flow, known.names, marks);
  }, [flow, known, chosen, stands, trail, wrong]);
  const [nodes, setNodes] = useState<FlowNode[]>(drawn);
  useEffect(() => {
    // What was measured is kept, so that nothing flickers.
    setNodes((held) =>
      drawn.map((node) => ({ ...node, measured: held.find((one) => one.id === node.id)?.measured })),
    );
  }, [drawn]);
  const [line, setLine] = useState<string | null>(null);
  const lines = useMemo(() => linesOf(flow, line), [flow, line]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `fit` is what asks for it
  useEffect(() => {
    let frame = 0;
    const show = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => void instance?.fitView(FIT));
    };
    show();
    window.addEventListener("resize", show);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener("resize", show);
    };
  }, [instance, fit]);

  const onNodes = (changes: NodeChange<FlowNode>[]) => {
    const picked = changes.find((one) => one.type === "select" && one.selected);
    if (picked?.type === "select") onChoose(nameOf(picked.id));
    setNodes((held) =>
      applyNodeChanges(
        changes.filter((one) => one.type !== "remove"),
        held,
      ),
    );
  };
  // A line that is picked takes the place of a picked step, so that Delete never means both.
  const onLines = (changes: EdgeChange<Line>[]) => {
    for (const one of changes) {
      if (one.type !== "select") continue;
      setLine((held) => (one.selected ? one.id : held === one.id ? null : held));
      if (one.selected) onChoose(null);
    }
  };
  const onConnect = ({ source, sourceHandle, target }: Connection) =>
    onChange((draft) => connect(draft, nameOf(source), sourceHandle ?? "next", target));
  return (
    <div className={css.graph}>
      <ReactFlow
        nodes={nodes}
        edges={lines}
        nodeTypes={NODE_TYPES}
        onInit={setInstance}
        fitView
        fitViewOptions={FIT}
        minZoom={0.25}
        maxZoom={1.5}
        deleteKeyCode={["Delete", "Backspace"]}
        onNodesChange={onNodes}
        onEdgesChange={onLines}
        onPaneClick={() => onChoose(null)}
        onNodeDragStop={(_event, _node, moved) =>
          onChange((draft) =>
            moveSteps(draft, Object.fromEntries(moved.map(({ id, position: { x, y } }) => [id, [x, y]]))),
          )
        }
        onConnect={onConnect}
        onReconnect={(old, now) => {
          onChange((draft) => connect(draft, nameOf(old.source), old.sourceHandle ?? "next", null));
          onConnect(now);
        }}
        onDelete={(gone) => {
          for (const node of gone.nodes) onRemove(node.id);
          if (gone.nodes.length > 0) return;
          for (const { source, sourceHandle } of gone.edges) {
            onChange((draft) => connect(draft, nameOf(source), sourceHandle ?? "next", null));
          }
        }}
      >
        <Background gap={20} size={1} />
        <Controls showInteractive={false} fitViewOptions={FIT} />
      </ReactFlow>
    </div>
  );
}

function linesOf(flow: Definition, picked: string | null): Line[] {
  return edgesOf(flow).map(({ from, way, to }) => {
    const step = flow.steps[from];
    const target = flow.steps[to];
    const name = step ? `${titleOf(step)}, ${wayWords(step, way)}` : words.trigger;
    const id = `${from}:${way}`;
    return {
      id,
      selected: id === picked,
      source: idOf(from),
      sourceHandle: way,
      target: to,
      ariaLabel: `${name}: ${target ? titleOf(target) : ""}`,
      deletable: from !== TRIGGER,
    };
  });
}
