/** Snooze until: the usual times in one click, any other time by hand. */
import { Button, Menu, TextInput } from "@mantine/core";
import { useState } from "react";
import { Icon } from "../../blocks/Icon";
import { Kbd } from "../../blocks/Small";
import { useKeys } from "../../keys/keys";
import { useStore } from "../../live/store";
import { head, snooze as words } from "../../words/desk";
import { dialog, move, openDialog } from "../moves";
import { localInput, timesFrom } from "./snoozeTimes";

export function SnoozeMenu({ id }: { id: number }) {
  const open = useStore(dialog, (name) => name === "snooze");
  const [custom, setCustom] = useState("");
  useKeys({}, { modal: true, off: !open });
  const until = (time: Date) => {
    openDialog(null);
    void move(id, "snooze", { until: time.toISOString() });
  };
  return (
    <Menu
      opened={open}
      onChange={(next) => openDialog(next ? "snooze" : null)}
      position="bottom-end"
      width={320}
      trapFocus
    >
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="snooze" />} rightSection={<Kbd>S</Kbd>}>
          {head.snooze}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{words.title}</Menu.Label>
        {timesFrom(new Date()).map(({ label, time }) => (
          <Menu.Item key={label} onClick={() => until(time)} rightSection={<Stamp time={time} />}>
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <form
          style={{ padding: 8, display: "flex", gap: 8 }}
          onSubmit={(event) => {
            event.preventDefault();
            if (custom) until(new Date(custom));
          }}
        >
          <TextInput
            type="datetime-local"
            aria-label={words.custom}
            min={localInput(new Date())}
            value={custom}
            onChange={(event) => setCustom(event.currentTarget.value)}
            onKeyDown={(event) => event.stopPropagation()}
            style={{ flex: 1, minWidth: 0 }}
          />
          <Button type="submit" disabled={!custom} style={{ flex: "none" }}>
            {words.set}
          </Button>
        </form>
        <Menu.Label>{words.hint}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  );
}

const stamp = new Intl.DateTimeFormat(undefined, { weekday: "short", hour: "2-digit", minute: "2-digit" });
const Stamp = ({ time }: { time: Date }) => <span className="ab-tabular">{stamp.format(time)}</span>;
