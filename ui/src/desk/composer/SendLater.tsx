/** Sending at another time: the usual times in one click, any other by hand. */
import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { Icon } from "../../blocks/Icon";
import { later as words } from "../../words/consent";
import { timesFrom } from "../panels/snoozeTimes";

const TimeDialog = lazy(() => import("../panels/TimeDialog"));

export function SendLater({ disabled, onTime }: { disabled: boolean; onTime: (time: Date) => void }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Menu position="top-end" width={248} trapFocus>
        <Menu.Target>
          <Tooltip label={words.send}>
            <ActionIcon variant="default" size={32} aria-label={words.send} disabled={disabled}>
              <Icon name="clock" />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{words.title}</Menu.Label>
          {timesFrom(new Date()).map(({ label, time }) => (
            <Menu.Item key={label} onClick={() => onTime(time)}>
              {label}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => setAsking(true)}>{words.custom}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {asking && (
          <TimeDialog
            title={words.title}
            label={words.time}
            act={words.schedule}
            onTime={(time) => {
              setAsking(false);
              onTime(time);
            }}
            onClose={() => setAsking(false)}
          />
        )}
      </Suspense>
    </>
  );
}
