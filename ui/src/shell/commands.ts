/** The commands there are at this moment, for the command bar. */
import type { ConversationView, Me } from "../api/types";
import type { IconName } from "../blocks/Icon";
import { move, openDialog, whatCan } from "../desk/moves";
import { calls } from "../words/calls";
import { common, nameOf } from "../words/common";
import { newText } from "../words/consent";
import { head } from "../words/desk";
import { outreach } from "../words/outreach";
import { shell } from "../words/shell";
import { troubleWords } from "../words/trouble";
import { changePresence, PRESENCES } from "./MeMenu";

export interface Command {
  id: string;
  group: "act" | "go" | "me" | "found";
  icon: IconName;
  label: string;
  detail?: string;
  keys?: string;
  run: () => void;
}

interface Wanted {
  me: Me;
  open: ConversationView | undefined;
  go: (to: string) => void;
  help: () => void;
  text: () => void;
}

function onConversation(me: Me, open: ConversationView): Command[] {
  const can = whatCan(me, open);
  const act = (id: string, label: string, icon: IconName, run: () => void, keys?: string): Command => ({
    id,
    group: "act",
    icon,
    label,
    keys,
    run,
  });
  const commands: [boolean, Command][] = [
    [can.pick, act("pick", head.pick, "check", () => void move(open.id, "pick"))],
    [can.call, act("call", calls.callLong, "call", () => openDialog("call"), "C")],
    [can.end, act("end", head.endLong, "end", () => void move(open.id, "end"), "E")],
    [can.snooze, act("snooze", head.snooze, "snooze", () => openDialog("snooze"), "S")],
    [can.transfer, act("transfer", head.transfer, "transfer", () => openDialog("transfer"), "T")],
    [can.leave, act("leave", head.leave, "out", () => void move(open.id, "leave"))],
    [can.reopen, act("reopen", head.reopen, "refresh", () => void move(open.id, "reopen"))],
    [can.close, act("close", head.close, "close", () => void move(open.id, "close"))],
    [true, act("why", head.why, "why", () => openDialog("why"), "W")],
  ];
  return commands.filter(([able]) => able).map(([, command]) => command);
}

export function commandsFor({ me, open, go, help, text }: Wanted): Command[] {
  const places: Command[] = [
    { id: "desk", group: "go", icon: "desk", label: shell.desk, keys: "G D", run: () => go("/desk") },
    {
      id: "contacts",
      group: "go",
      icon: "contacts",
      label: shell.contacts,
      keys: "G C",
      run: () => go("/contacts"),
    },
  ];
  if (me.role !== "agent") {
    places.push({
      id: "failed",
      group: "go",
      icon: "warn",
      label: troubleWords.title,
      keys: "G F",
      run: () => go("/failed"),
    });
  }
  if (me.permissions.includes("manage_outreach")) {
    places.push({
      id: "outreach",
      group: "go",
      icon: "send",
      label: outreach.place,
      keys: "G O",
      run: () => go("/outreach"),
    });
  }
  if (me.role === "administrator") {
    places.push({
      id: "settings",
      group: "go",
      icon: "settings",
      label: shell.settings,
      keys: "G S",
      run: () => go("/settings"),
    });
  }
  if (me.permissions.includes("start_conversation")) {
    places.unshift({ id: "text", group: "go", icon: "send", label: newText.open, keys: "C", run: text });
  }
  places.push({ id: "keys", group: "go", icon: "keyboard", label: shell.keyboard, keys: "?", run: help });
  const presences = PRESENCES.filter((presence) => presence !== me.presence).map(
    (presence): Command => ({
      id: `presence-${presence}`,
      group: "me",
      icon: "contacts",
      label: `${shell.setPresence}: ${common.presence[presence]}`,
      run: () => void changePresence(presence),
    }),
  );
  return [...(open ? onConversation(me, open) : []), ...places, ...presences];
}

export const foundCommands = (rows: readonly ConversationView[], go: (to: string) => void): Command[] =>
  rows.map((row) => ({
    id: `found-${row.id}`,
    group: "found",
    icon: "search",
    label: nameOf(row.contact_name, row.customer_phone),
    detail: row.last_preview,
    run: () => go(`/desk/${row.id}`),
  }));
