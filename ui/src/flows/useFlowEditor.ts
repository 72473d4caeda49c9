/** A flow being worked on: its draft with undo, saving, publishing, pausing. */
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { ApiError } from "../api/client";
import { changeFlow, publishFlow } from "../api/flow-calls";
import type { Definition, Flow } from "../api/schema.gen";
import { say, sayFailed } from "../blocks/toasts";
import { builderWords as words } from "../words/flows";
import { beginHistory, change, redo, undo } from "./history";
import { isUnplaced, layOut } from "./layout";

/** What can be undone: everything that is saved together. */
export interface Work {
  name: string;
  number_id: number;
  draft: Definition;
}

const workOf = (flow: Flow): Work => ({
  name: flow.name,
  number_id: flow.number_id,
  draft: isUnplaced(flow.draft) ? layOut(flow.draft) : flow.draft,
});

export function useFlowEditor(flow: Flow) {
  const [history, setHistory] = useState(() => beginHistory(workOf(flow)));
  const [base, setBase] = useState(history.now);
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  const work = history.now;
  const dirty = work !== base;
  const unsaved = useRef(dirty);
  unsaved.current = dirty;

  const changeWork = (part: Partial<Work>, about: string | null = null) =>
    setHistory((held) => change(held, { ...held.now, ...part }, about));
  const changeDraft = (to: (draft: Definition) => Definition, about: string | null = null) =>
    setHistory((held) => {
      const draft = to(held.now.draft);
      return draft === held.now.draft ? held : change(held, { ...held.now, draft }, about);
    });

  const during = async (failed: (error: unknown) => string, act: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    try {
      await act();
    } catch (error) {
      sayFailed(failed(error), error);
    } finally {
      setBusy(false);
      await queries.invalidateQueries({ queryKey: ["settings", "flows"] });
    }
  };
  const write = async () => {
    if (!dirty) return;
    await changeFlow(flow.id, work);
    setBase(work);
    unsaved.current = false;
  };
  const save = () =>
    during(
      () => words.saveFailed,
      async () => {
        await write();
        say(words.saved);
      },
    );
  const publish = () =>
    during(
      (error) => (error instanceof ApiError && error.status === 422 ? words.mend : words.publishFailed),
      async () => {
        await write();
        const published = await publishFlow(flow.id);
        if (!published.active) await changeFlow(flow.id, { active: true });
        say(words.published(published.version ?? 1));
      },
    );
  const setActive = (active: boolean) =>
    during(
      () => words.changeFailed,
      async () => {
        await changeFlow(flow.id, { active });
        say(active ? words.resumed : words.paused);
      },
    );
  const setArchived = (archived: boolean) =>
    during(
      () => words.changeFailed,
      async () => {
        await changeFlow(flow.id, { archived });
        say(archived ? words.archived : words.tookBack);
      },
    );
  return {
    flowId: flow.id,
    work,
    changeWork,
    changeDraft,
    undo: history.past.length > 0 ? () => setHistory(undo) : null,
    redo: history.future.length > 0 ? () => setHistory(redo) : null,
    dirty,
    unsaved,
    /** Leaving asks no more: what was being written is gone. */
    release: () => {
      unsaved.current = false;
    },
    busy,
    save,
    publish,
    setActive,
    setArchived,
  };
}

export type FlowEditing = ReturnType<typeof useFlowEditor>;
