/** A time of one's own: to snooze until, to send at. */
import { Button, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { useKeys } from "../../keys/keys";
import css from "./panels.module.css";
import { localInput } from "./snoozeTimes";

interface Props {
  title: string;
  label: string;
  hint?: string;
  act: string;
  onTime: (time: Date) => void;
  onClose: () => void;
}

export default function TimeDialog({ title, label, hint, act, onTime, onClose }: Props) {
  useKeys({}, { modal: true });
  const [at, setAt] = useState("");
  return (
    <Modal opened onClose={onClose} title={title} size="sm">
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
          label={label}
          description={hint}
          min={localInput(new Date())}
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
        />
        <Button type="submit" disabled={!at}>
          {act}
        </Button>
      </form>
    </Modal>
  );
}
