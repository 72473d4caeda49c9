/** Presence, capacity, theme, notifications and the way out. */
import { Menu, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { useState } from "react";
import { setPresence } from "../api/calls";
import { leave } from "../api/session";
import type { Presence } from "../api/types";
import { Icon } from "../blocks/Icon";
import { PresenceDot } from "../blocks/Small";
import { say, sayFailed } from "../blocks/toasts";
import { live } from "../live/link";
import { useLive } from "../live/useLive";
import { calls } from "../words/calls";
import { common } from "../words/common";
import { shell } from "../words/shell";
import { askToNotify, notifyState } from "./notify";
import css from "./shell.module.css";

export const PRESENCES: readonly Presence[] = ["available", "busy", "do_not_disturb", "away", "offline"];

export async function changePresence(presence: Presence): Promise<void> {
  try {
    const agent = await setPresence(presence);
    live.set((state) => state && { ...state, me: { ...state.me, ...agent } });
    if (presence === "available") offerNotifications();
  } catch (error) {
    sayFailed(shell.presenceFailed, error);
  }
}

const ASKED = "answerback-asked-to-notify";

/** Once, when somebody begins to take offers; the browser itself is asked only on a click. */
function offerNotifications(): void {
  if (notifyState() !== "default" || localStorage.getItem(ASKED)) return;
  localStorage.setItem(ASKED, "1");
  say(shell.notifyHint, { label: shell.notifyYes, run: () => void askToNotify() });
}

export const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word[0] ?? "")
    .join("")
    .slice(0, 2)
    .toUpperCase();

interface Props {
  onHelp: () => void;
  onPassword: () => void;
  onPhone: () => void;
}

export function MeMenu({ onHelp, onPassword, onPhone }: Props) {
  const me = useLive((state) => state.me);
  const used = me.capacity_units > 0 ? Math.min(1, me.used_units / me.capacity_units) : 1;
  return (
    <Menu position="right-end" width={232} offset={8}>
      <Menu.Target>
        <UnstyledButton
          className={css.me}
          aria-label={shell.presenceOf(common.presence[me.presence], me.used_units, me.capacity_units)}
        >
          <span className={css.face}>
            {initialsOf(me.name)}
            <PresenceDot presence={me.presence} />
          </span>
          <span className={`${css.capacity} ab-tabular`}>
            {shell.capacity(me.used_units, me.capacity_units)}
          </span>
          <span className={css.bar}>
            <i style={{ width: `${used * 100}%` }} />
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.name} · {common.role[me.role]}
        </Menu.Label>
        {PRESENCES.map((presence) => (
          <Menu.Item
            key={presence}
            leftSection={<PresenceDot presence={presence} />}
            rightSection={presence === me.presence ? <Icon name="check" /> : null}
            onClick={() => void changePresence(presence)}
          >
            {common.presence[presence]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <ThemeItems />
        <NotifyItem />
        <Menu.Item leftSection={<Icon name="keyboard" />} rightSection="?" onClick={onHelp}>
          {shell.keyboard}
        </Menu.Item>
        {me.permissions.includes("call_customers") && (
          <Menu.Item leftSection={<Icon name="call" />} onClick={onPhone}>
            {calls.ownPhone}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<Icon name="settings" />} onClick={onPassword}>
          {shell.password}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="out" />} onClick={() => void leave()}>
          {shell.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function ThemeItems() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const order = ["auto", "light", "dark"] as const;
  const next = order[(order.indexOf(colorScheme) + 1) % order.length] ?? "auto";
  return (
    <Menu.Item
      leftSection={<Icon name="sun" />}
      rightSection={shell.themes[colorScheme]}
      closeMenuOnClick={false}
      onClick={() => setColorScheme(next)}
    >
      {shell.theme}
    </Menu.Item>
  );
}

function NotifyItem() {
  const [state, setState] = useState(notifyState());
  if (state === "granted" || state === "missing") return null;
  return (
    <Menu.Item
      leftSection={<Icon name="desk" />}
      disabled={state === "denied"}
      onClick={() => void askToNotify().then(setState)}
    >
      {state === "denied" ? shell.notificationsBlocked : shell.notifications}
    </Menu.Item>
  );
}
