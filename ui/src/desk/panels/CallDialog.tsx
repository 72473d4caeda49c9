/** Calling the customer: which phone rings first, what the customer sees, or why it cannot be. */
import { Button, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { placeCall, readCalling } from "../../api/calls";
import { sentenceOf } from "../../api/client";
import { freshKey } from "../../api/key";
import type { ConversationView } from "../../api/types";
import { ErrorFace, LoadingFace } from "../../blocks/Faces";
import { Icon } from "../../blocks/Icon";
import { Notice } from "../../blocks/Small";
import { say } from "../../blocks/toasts";
import { useKeys } from "../../keys/keys";
import { live } from "../../live/link";
import { putCall } from "../../live/reduce";
import { OwnPhone } from "../../shell/OwnPhone";
import { targetOf, calls as words } from "../../words/calls";
import { common, nameOf, phoneOf } from "../../words/common";
import css from "./panels.module.css";

const OWN_PHONE: ReadonlySet<string> = new Set(["no_phone", "no_sip", "own_phone"]);

interface Props {
  conversation: ConversationView;
  onClose: () => void;
}

export default function CallDialog({ conversation, onClose }: Props) {
  useKeys({}, { modal: true });
  const { id, contact_name, customer_phone, number } = conversation;
  const calling = useQuery({
    queryKey: ["calling", id],
    queryFn: () => readCalling(id),
    staleTime: 0,
    gcTime: 0,
  });
  const [key] = useState(freshKey);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const start = async () => {
    setBusy(true);
    setError(null);
    try {
      const call = await placeCall(id, key);
      live.set((state) => state && putCall(state, call));
      if (call.status !== "failed" && call.status !== "unclear") say(words.started);
      onClose();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  const found = calling.data;
  return (
    <Modal opened onClose={onClose} title={words.title(nameOf(contact_name, customer_phone))}>
      {calling.isError ? (
        <ErrorFace title={words.askFailed} error={calling.error} onRetry={() => void calling.refetch()} />
      ) : !found ? (
        <LoadingFace />
      ) : (
        <div className={css.form}>
          {found.allowed ? (
            <>
              <p>{words.steps(targetOf(found.rings ?? ""))}</p>
              <p>{words.sees(phoneOf(number))}</p>
            </>
          ) : (
            <Notice tone="warn" icon="warn">
              {found.sentence}
            </Notice>
          )}
          {error !== null && (
            <Notice tone="bad" icon="warn">
              {words.failed}. {sentenceOf(error)}
            </Notice>
          )}
          {OWN_PHONE.has(found.reason ?? "") ? (
            <OwnPhone onSaved={() => void calling.refetch()} onCancel={onClose} />
          ) : (
            <footer className={css.callFoot}>
              <Button variant="default" onClick={onClose}>
                {common.cancel}
              </Button>
              {found.allowed && (
                <Button
                  autoFocus
                  loading={busy}
                  leftSection={<Icon name="callOut" />}
                  onClick={() => void start()}
                >
                  {words.start}
                </Button>
              )}
            </footer>
          )}
        </div>
      )}
    </Modal>
  );
}
