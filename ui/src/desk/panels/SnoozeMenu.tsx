/** Snooze until: the usual times in one click, any other time by hand. */
import { Button, Menu } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { Icon } from "../../blocks/Icon";
import { Kbd } from "../../blocks/Small";
import { useStore } from "../../live/store";
import { head, snooze as words } from "../../words/desk";
import { dialog, move, openDialog } from "../moves";
import { timesFrom } from "./snoozeTimes";

const TimeDialog = lazy(() => import("./TimeDialog"));

export function SnoozeMenu({ id }: { id: number }) {
  const open = useStore(dialog, (name) => name === "snooze");
  const [asking, setAsking] = useState(false);
  const until = (time: Date) => {
    openDialog(null);
    setAsking(false);
    void move(id, "snooze", { until: time.toISOString() });
  };
  return (
    <>
      <Menu
        opened={open}
        onChange={(next) => openDialog(next ? "snooze" : null)}
        position="bottom-end"
        width={248}
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
          <Menu.Item onClick={() => setAsking(true)}>{words.custom}</Menu.Item>
          <Menu.Label>{words.hint}</Menu.Label>
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {asking && (
          <TimeDialog
            title={words.title}
            label={words.time}
            hint={words.hint}
            act={words.set}
            onTime={until}
            onClose={() => setAsking(false)}
          />
        )}
      </Suspense>
    </>
  );
}

const stamp = new Intl.DateTimeFormat(undefined, { weekday: "short", hour: "2-digit", minute: "2-digit" });
const Stamp = ({ time }: { time: Date }) => <span className="ab-tabular">{stamp.format(time)}</span>;
