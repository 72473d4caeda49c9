/** Who one talks to, over which number, in which state for how long, and what can be done. */
import { ActionIcon, Button, Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ConversationView } from "../api/types";
import { Icon, type IconName } from "../blocks/Icon";
import { Kbd, Tag, type Tone } from "../blocks/Small";
import { LocalTime, Running } from "../blocks/Times";
import { useKeys } from "../keys/keys";
import { useLive } from "../live/useLive";
import { clockOf } from "../time/format";
import { calls as callWords } from "../words/calls";
import { common, nameOf, phoneOf } from "../words/common";
import { desk, head as words } from "../words/desk";
import deskCss from "./desk.module.css";
import css from "./header.module.css";
import { type Can, move, openDialog, whatCan } from "./moves";
import { SnoozeMenu } from "./panels/SnoozeMenu";

const TONE: Record<ConversationView["state"], Tone> = {
  open: "warn",
  offered: "warn",
  active: "good",
  waiting: "calm",
  wrap_up: "calm",
  closed: "plain",
};

const ICON: Record<ConversationView["state"], IconName> = {
  open: "clock",
  offered: "clock",
  active: "desk",
  waiting: "snooze",
  wrap_up: "note",
  closed: "check",
};

interface Props {
  conversation: ConversationView;
  cardOpen: boolean;
  onCard: () => void;
}

export function Header({ conversation, cardOpen, onCard }: Props) {
  const me = useLive((state) => state.me);
  const can = whatCan(me, conversation);
  const { id } = conversation;
  const end = () => void move(id, "end");
  const keys: Record<string, () => void> = { w: () => openDialog("why") };
  if (can.call) keys.p = () => openDialog("call");
  if (can.end) keys.e = end;
  if (can.snooze) keys.s = () => openDialog("snooze");
  if (can.transfer) keys.t = () => openDialog("transfer");
  useKeys(keys);
  return (
    <header className={css.header}>
      <ActionIcon
        className={deskCss.onlyNarrow}
        component={Link}
        to="/desk"
        variant="subtle"
        color="gray"
        aria-label={desk.back}
      >
        <Icon name="back" />
      </ActionIcon>
      <Who conversation={conversation} />
      <div className={css.moves}>
        <Button
          variant="default"
          onClick={() => openDialog("why")}
          leftSection={<Icon name="why" />}
          rightSection={<Kbd>W</Kbd>}
        >
          {conversation.agent_id === me.id ? words.why : words.whyOther}
        </Button>
        {can.call && (
          <Button
            variant="default"
            onClick={() => openDialog("call")}
            leftSection={<Icon name="call" />}
            rightSection={<Kbd>P</Kbd>}
          >
            {callWords.call}
          </Button>
        )}
        {can.transfer && (
          <Button
            variant="default"
            onClick={() => openDialog("transfer")}
            leftSection={<Icon name="transfer" />}
            rightSection={<Kbd>T</Kbd>}
          >
            {words.transfer}
          </Button>
        )}
        {can.snooze && <SnoozeMenu id={id} />}
        {can.end && (
          <Button onClick={end} leftSection={<Icon name="end" />} rightSection={<Kbd>E</Kbd>}>
            {words.end}
          </Button>
        )}
        <More id={id} can={can} />
        <ActionIcon
          className={deskCss.onlyWide}
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={cardOpen ? words.hideCard : words.showCard}
          aria-pressed={cardOpen}
          onClick={onCard}
        >
          <Icon name="card" />
        </ActionIcon>
      </div>
    </header>
  );
}

function Who({ conversation }: { conversation: ConversationView }) {
  const { contact_name, customer_phone, number_name, number, state, country, time_zone } = conversation;
  const name = nameOf(contact_name, customer_phone);
  return (
    <div className={css.who}>
      <div className={css.line}>
        <h1 title={name}>{name}</h1>
        {contact_name && <span className="ab-tabular">{phoneOf(customer_phone)}</span>}
        <span className={css.there}>
          {country} <LocalTime zone={time_zone} />
        </span>
        {conversation.opted_out && (
          <Tag tone="bad" icon="block">
            {desk.optedOut}
          </Tag>
        )}
      </div>
      <div className={css.under}>
        <Tag tone={TONE[state]} icon={ICON[state]}>
          {common.state[state]}
          {state === "waiting" && conversation.wake_at ? (
            ` · ${desk.snoozedUntil(clockOf(conversation.wake_at))}`
          ) : (
            <Running since={conversation.state_since} />
          )}
        </Tag>
        <span className={css.via}>
          {words.via} {phoneOf(number)} {number_name} · {conversation.queue}
          {conversation.agent_name && ` · ${conversation.agent_name}`}
        </span>
      </div>
    </div>
  );
}

function More({ id, can }: { id: number; can: Can }) {
  if (!can.leave && !can.close && !can.reopen) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={words.moreMoves}>
          <Icon name="more" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {can.leave && (
          <Menu.Item leftSection={<Icon name="out" />} onClick={() => void move(id, "leave")}>
            {words.leave}
          </Menu.Item>
        )}
        {can.reopen && (
          <Menu.Item leftSection={<Icon name="refresh" />} onClick={() => void move(id, "reopen")}>
            {words.reopen}
          </Menu.Item>
        )}
        {can.close && (
          <Menu.Item leftSection={<Icon name="close" />} onClick={() => void move(id, "close")}>
            {words.close}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
