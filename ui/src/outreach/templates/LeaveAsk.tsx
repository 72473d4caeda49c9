/** Asks before what is not saved is left behind, also when the whole page is closed. */
import { Button, Modal } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import type { RefObject } from "react";
import { useKeys } from "../../keys/keys";
import { templateWords as words } from "../../words/outreach";
import css from "./editor.module.css";

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
    <Modal opened onClose={onStay} title={words.leaveTitle} size="sm">
      <p>{words.leaveHint}</p>
      <footer className={css.foot}>
        <Button variant="subtle" color="red" onClick={onLeave}>
          {words.leave}
        </Button>
        <Button data-autofocus onClick={onStay}>
          {words.stay}
        </Button>
      </footer>
    </Modal>
  );
}
