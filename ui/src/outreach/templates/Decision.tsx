/** Approving or rejecting the draft, for those who may. */
import { Button, Modal, Textarea } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { decideTemplate } from "../../api/outreach-calls";
import type { MessageTemplate } from "../../api/schema.gen";
import { say, sayFailed } from "../../blocks/toasts";
import { useKeys } from "../../keys/keys";
import { useLive } from "../../live/useLive";
import { common } from "../../words/common";
import { templateWords as words } from "../../words/outreach";
import css from "./editor.module.css";

export function Decision({ template, dirty }: { template: MessageTemplate; dirty: boolean }) {
  const may = useLive((live) => live.me.permissions.includes("approve_templates"));
  const [rejecting, setRejecting] = useState(false);
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  const { id, archived, draft } = template;
  if (!may || archived || draft?.state !== "draft") return null;
  const decide = async (decision: "approved" | "rejected", reason = "") => {
    setBusy(true);
    try {
      await decideTemplate(id, { decision, version: draft.version, written_at: draft.written_at, reason });
      say(words[decision]);
      setRejecting(false);
    } catch (error) {
      sayFailed(words.decideFailed, error);
    } finally {
      setBusy(false);
      await queries.invalidateQueries({ queryKey: ["settings", "message-templates"] });
      await queries.invalidateQueries({ queryKey: ["template", id] });
    }
  };
  const hint = dirty ? words.saveFirst : undefined;
  return (
    <>
      <Button variant="default" disabled={dirty || busy} title={hint} onClick={() => setRejecting(true)}>
        {words.reject}…
      </Button>
      <Button
        variant="light"
        disabled={dirty}
        loading={busy}
        title={hint ?? words.approveHint}
        onClick={() => void decide("approved")}
      >
        {words.approve}
      </Button>
      {rejecting && (
        <Reject
          busy={busy}
          onReject={(why) => void decide("rejected", why)}
          onClose={() => setRejecting(false)}
        />
      )}
    </>
  );
}

interface RejectProps {
  busy: boolean;
  onReject: (reason: string) => void;
  onClose: () => void;
}

function Reject({ busy, onReject, onClose }: RejectProps) {
  useKeys({}, { modal: true });
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onReject(reason.trim());
  };
  return (
    <Modal opened onClose={onClose} title={words.rejectTitle} size="md">
      <form onSubmit={submit}>
        <Textarea
          data-autofocus
          label={words.rejectReason}
          rows={3}
          maxLength={1000}
          required
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <footer className={css.foot}>
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" color="red" loading={busy} disabled={!reason.trim()}>
            {words.reject}
          </Button>
        </footer>
      </form>
    </Modal>
  );
}
