/** Asks once before something is done that cannot simply be taken back: what will happen to whom, and the two ways on. */
import { Button, Modal } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useKeys } from "../keys/keys";
import { common } from "../words/common";
import css from "./blocks.module.css";
import { sayFailed } from "./toasts";

interface Props {
  title: string;
  /** The act, as its button says it. */
  act: string;
  keep?: string;
  /** Said before the reason when it fails; the dialog stays then. */
  failed: string;
  /** False: nothing is lost by it. */
  grave?: boolean;
  onYes: () => Promise<unknown>;
  onClose: () => void;
  children: ReactNode;
}

export function Ask({
  title,
  act,
  keep = common.cancel,
  failed,
  grave = true,
  onYes,
  onClose,
  children,
}: Props) {
  useKeys({}, { modal: true });
  const [busy, setBusy] = useState(false);
  const yes = async () => {
    setBusy(true);
    try {
      await onYes();
      onClose();
    } catch (error) {
      sayFailed(failed, error);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} size="sm">
      <div className={css.askBody}>{children}</div>
      <footer className={css.askFoot}>
        <Button variant="default" data-autofocus onClick={onClose}>
          {keep}
        </Button>
        <Button color={grave ? "red" : undefined} loading={busy} onClick={() => void yes()}>
          {act}
        </Button>
      </footer>
    </Modal>
  );
}
