/** Starts a flow for one contact: those that a person may begin, by name. */
import { Button, Modal, NativeSelect } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { beginFlow } from "../api/flow-calls";
import type { Flow } from "../api/schema.gen";
import { ErrorFace, LoadingFace } from "../blocks/Faces";
import { Notice } from "../blocks/Small";
import { say, sayFailed } from "../blocks/toasts";
import { useKeys } from "../keys/keys";
import { useRows } from "../settings/useRows";
import { common } from "../words/common";
import { startWords as words } from "../words/start-flow";
import css from "./flows.module.css";

interface Props {
  contactId: number;
  onClose: () => void;
}

export default function StartFlow({ contactId, onClose }: Props) {
  useKeys({}, { modal: true });
  const flows = useRows<Flow>("flows");
  const [picked, setPicked] = useState("");
  const [busy, setBusy] = useState(false);
  const fit = (flows.data ?? []).filter((flow) => flow.active && flow.published?.trigger.kind === "instant");
  const chosen = fit.find((flow) => String(flow.id) === picked) ?? fit[0];
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!chosen) return;
    setBusy(true);
    try {
      const [begun] = await beginFlow(chosen.id, [{ contact_id: contactId }]);
      if (begun?.run_id == null) throw new Error(begun?.problem ?? "");
      say(words.started(chosen.name));
      onClose();
    } catch (error) {
      sayFailed(words.failed, error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={words.title} size="sm">
      {flows.isPending ? (
        <LoadingFace lines={2} />
      ) : flows.isError ? (
        <ErrorFace title={words.failed} error={flows.error} onRetry={() => void flows.refetch()} />
      ) : !chosen ? (
        <Notice tone="plain" icon="note">
          {words.none}
        </Notice>
      ) : (
        <form className={css.form} onSubmit={(event) => void submit(event)}>
          <NativeSelect
            data-autofocus
            label={words.choose}
            data={fit.map((flow) => ({ value: String(flow.id), label: flow.name }))}
            value={String(chosen.id)}
            onChange={(event) => setPicked(event.currentTarget.value)}
          />
          <footer className={css.foot}>
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={busy}>
              {words.start}
            </Button>
          </footer>
        </form>
      )}
    </Modal>
  );
}
