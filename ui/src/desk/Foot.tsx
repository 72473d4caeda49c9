/** Below the thread, by state: answer, take, wrap up, reopen, or only a note. */
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import type { ConversationView, Sending } from "../api/types";
import { Kbd } from "../blocks/Small";
import { useKeys } from "../keys/keys";
import { useLive } from "../live/useLive";
import { head, composer as words } from "../words/desk";
import { Composer } from "./composer/Composer";
import css from "./foot.module.css";
import { type Can, move, whatCan } from "./moves";
import { WrapUp } from "./panels/WrapUp";

interface Props {
  conversation: ConversationView;
  sending: Sending | null;
}

export function Foot({ conversation, sending }: Props) {
  const me = useLive((state) => state.me);
  const can = whatCan(me, conversation);
  const mine = conversation.agent_id === me.id;
  if (can.answer) return <Composer conversation={conversation} sending={sending} notesOnly={false} />;
  if (conversation.state === "wrap_up" && mine) return <WrapUp conversation={conversation} />;
  return (
    <>
      <Entry conversation={conversation} can={can} mine={mine} />
      {conversation.state !== "offered" && <Composer conversation={conversation} sending={null} notesOnly />}
    </>
  );
}

function Entry({ conversation, can, mine }: { conversation: ConversationView; can: Can; mine: boolean }) {
  const { id, state, agent_name } = conversation;
  if (can.pick) {
    return (
      <Bar
        text={words.takeFirst}
        action={head.pick}
        hint="R"
        onAct={() => void move(id, "pick")}
        keys={{ r: () => void move(id, "pick") }}
      />
    );
  }
  if (state === "closed") {
    const reopen = can.reopen ? head.reopen : null;
    return <Bar text={words.closed} action={reopen} onAct={() => void move(id, "reopen")} />;
  }
  if (state === "offered") return <Bar text={mine ? words.offered : words.offeredOther(agent_name ?? "")} />;
  return <Bar text={words.other(agent_name ?? "")} />;
}

interface BarProps {
  text: string;
  action?: string | null;
  hint?: string;
  onAct?: () => void;
  keys?: Record<string, () => void>;
}

function Bar({ text, action, hint, onAct, keys }: BarProps): ReactNode {
  useKeys(keys ?? {});
  return (
    <div className={css.bar}>
      <span>{text}</span>
      {action && (
        <Button onClick={onAct} rightSection={hint ? <Kbd>{hint}</Kbd> : null}>
          {action}
        </Button>
      )}
    </div>
  );
}
