/** Asks before what is not saved is left behind, also when the whole page is closed. */
import { Button, Modal } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import type { RefObject } from "react";
import { useKeys } from "../keys/keys";
import { common } from "../words/common";
import css from "./blocks.module.css";

export function LeaveAsk({ when }: { when: RefObject<boolean> }) {
  const blocker = useBlocker({
    shouldBlockFn: () => when.current,
    enableBeforeUnload: () => when.current,
    withResolver: true,
  });
  if (blocker.status !== "blocked") return null;
  return <Ask onStay={blocker.reset} onLeave={blocker.proceed} />;
}

function Ask({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  useKeys({}, { modal: true });
  return (
    <Modal opened onClose={onStay} title={common.leaveTitle} size="sm">
      <div className={css.askBody}>{common.leaveHint}</div>
      <footer className={css.askFoot}>
        <Button variant="subtle" color="red" onClick={onLeave}>
          {common.leave}
        </Button>
        <Button data-autofocus onClick={onStay}>
          {common.stay}
        </Button>
      </footer>
    </Modal>
  );
}
