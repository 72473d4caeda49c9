/** One flow: its steps as a graph or a list, what is chosen or the phone beside them, and its runs. */
import { useEffect, useState } from "react";
import type { Flow } from "../api/schema.gen";
import { LeaveAsk } from "../blocks/LeaveAsk";
import { Tabs } from "../blocks/Tabs";
import { builderWords as words } from "../words/flows";
import { EditorHead } from "./EditorHead";
import css from "./flows.module.css";
import { Graph } from "./Graph";
import { addStep, type Kind, removeStep, TRIGGER } from "./graph";
import { layOut } from "./layout";
import { Occurrences } from "./Occurrences";
import { Problems } from "./Problems";
import { Runs } from "./Runs";
import { Simulator } from "./Simulator";
import { StepList } from "./StepList";
import { StepPanel } from "./StepPanel";
import { Toolbar } from "./Toolbar";
import { TriggerPanel } from "./TriggerPanel";
import { useFlowEditor } from "./useFlowEditor";
import { useKnown } from "./useKnown";
import { standsAt, useTrial } from "./useTrial";

export type View = keyof typeof words.views;
export type Side = keyof typeof words.side;
export type Tab = keyof typeof words.tabs;

const WRITES = "input, textarea, select";

export function FlowEditor({ flow }: { flow: Flow }) {
  const editing = useFlowEditor(flow);
  const known = useKnown();
  const trial = useTrial(editing.work, known.templates);
  const [tab, setTab] = useState<Tab>("build");
  const [view, setView] = useState<View>("graph");
  const [side, setSide] = useState<Side>("edit");
  const [chosen, setChosen] = useState<string | null>(null);
  const [tidied, setTidied] = useState(0);
  const { draft } = editing.work;
  const step = chosen ? draft.steps[chosen] : undefined;
  const choose = (name: string | null) => {
    setChosen(name);
    if (name !== null) setSide("edit");
  };
  const add = (kind: Kind) => {
    const added = addStep(draft, kind, step ? chosen : null);
    editing.changeDraft(() => added.flow);
    choose(added.name);
  };
  const remove = (name: string) => {
    editing.changeDraft((held) => removeStep(held, name));
    if (name === chosen) setChosen(null);
  };
  useEditorKeys(editing);
  const shared = { flow: draft, known, problems: trial.problems, chosen, onChoose: choose };
  return (
    <div className={css.editor}>
      <LeaveAsk when={editing.unsaved} />
      <EditorHead flow={flow} editing={editing} />
      <Tabs label={flow.name} all={words.tabs} open={tab} onOpen={setTab} />
      {tab === "runs" ? (
        <>
          <Occurrences flow={flow} />
          <Runs flow={flow} />
        </>
      ) : (
        <div className={css.build}>
          <section className={css.main} aria-label={words.graph}>
            <Toolbar
              editing={editing}
              view={view}
              onView={setView}
              onAdd={add}
              onTidy={() => {
                editing.changeDraft(layOut);
                setTidied(tidied + 1);
              }}
            />
            {view === "graph" ? (
              <Graph
                {...shared}
                fit={`${tidied} ${Object.keys(draft.steps).length}`}
                stands={standsAt(trial.result)}
                visited={trial.result?.lines.map((line) => line.step) ?? []}
                onChange={editing.changeDraft}
                onRemove={remove}
              />
            ) : (
              <StepList {...shared} onChange={editing.changeDraft} onRemove={remove} />
            )}
            <Problems
              flow={draft}
              problems={trial.problems}
              fresh={trial.fresh}
              tried={trial.result !== null}
              onChoose={choose}
            />
          </section>
          <aside className={css.side} aria-label={words.sideLabel}>
            <Tabs label={words.sideLabel} all={words.side} open={side} onOpen={setSide} />
            {side === "try" ? (
              <Simulator trial={trial} flow={draft} />
            ) : step && chosen ? (
              <StepPanel
                key={chosen}
                {...{ name: chosen, step, flow: draft, known, problems: trial.problems }}
                onChange={editing.changeDraft}
                onRemove={() => remove(chosen)}
              />
            ) : chosen === TRIGGER ? (
              <TriggerPanel editing={editing} known={known} problems={trial.problems} />
            ) : (
              <p className={css.hint}>{words.choose}</p>
            )}
          </aside>
        </div>
      )}
    </div>
  );
}

/** Undo and redo as everywhere, but not while one writes: there the field undoes its own. */
function useEditorKeys({ undo, redo, save }: ReturnType<typeof useFlowEditor>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.metaKey || event.ctrlKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      const writing = event.target instanceof Element && event.target.closest(WRITES) !== null;
      const again = key === "y" || (key === "z" && event.shiftKey);
      const act = key === "s" ? () => void save() : writing ? null : again ? redo : key === "z" ? undo : null;
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });
}
