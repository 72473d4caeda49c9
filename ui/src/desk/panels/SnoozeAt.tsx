/** Snooze until a time of one's own. */
import { Button, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { useKeys } from "../../keys/keys";
import { snooze as words } from "../../words/desk";
import css from "./panels.module.css";
import { localInput } from "./snoozeTimes";

interface Props {
  onTime: (time: Date) => void;
  onClose: () => void;
}

export default function SnoozeAt({ onTime, onClose }: Props) {
  useKeys({}, { modal: true });
  const [at, setAt] = useState("");
  return (
    <Modal opened onClose={onClose} title={words.title} size="sm">
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (at) onTime(new Date(at));
        }}
      >
        <TextInput
          data-autofocus
          type="datetime-local"
          label={words.time}
          description={words.hint}
          min={localInput(new Date())}
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
        />
        <Button type="submit" disabled={!at}>
          {words.set}
        </Button>
      </form>
    </Modal>
  );
}
