/** Transfer to a queue or an agent, found by typing, with who is there now. */
import { Button, Modal, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../api/client";
import type { AgentView, ConversationView, Named, Page } from "../../api/types";
import { Icon } from "../../blocks/Icon";
import { Kbd, PresenceDot } from "../../blocks/Small";
import { MOD, useKeys } from "../../keys/keys";
import { useLive } from "../../live/useLive";
import { common } from "../../words/common";
import { transfer as words } from "../../words/desk";
import { move } from "../moves";
import css from "./panels.module.css";

type Target = { kind: "queue"; row: Named } | { kind: "agent"; row: AgentView };

const has = (name: string, typed: string): boolean => name.toLowerCase().includes(typed.trim().toLowerCase());
const RANK = { available: 0, busy: 1, do_not_disturb: 2, away: 3, offline: 4 } as const;

/** Every queue, where the server lets me see them; else my own, which the desk knows. */
function useTargets(typed: string, conversation: ConversationView) {
  const myQueues = useLive((state) => state.queues);
  const agents = useLive((state) => state.agents);
  const all = useQuery({
    queryKey: ["queues"],
    queryFn: () => call<Page<Named>>("/queues?limit=200"),
    retry: false,
  });
  const queues = (all.data?.items ?? myQueues).filter(
    (queue) =>
      has(queue.name, typed) && (queue.id !== conversation.queue_id || conversation.state !== "open"),
  );
  const people = Object.values(agents)
    .filter((agent) => has(agent.name, typed) && agent.id !== conversation.agent_id)
    .sort((a, b) => RANK[a.presence] - RANK[b.presence] || a.name.localeCompare(b.name));
  return { queues, people };
}

export default function TransferDialog({
  conversation,
  onClose,
}: {
  conversation: ConversationView;
  onClose: () => void;
}) {
  useKeys({}, { modal: true });
  const [typed, setTyped] = useState("");
  const [note, setNote] = useState("");
  const [target, setTarget] = useState<Target | null>(null);
  const [busy, setBusy] = useState(false);
  const { queues, people } = useTargets(typed, conversation);
  const submit = async () => {
    if (!target || busy) return;
    setBusy(true);
    const where = target.kind === "queue" ? { queue_id: target.row.id } : { agent_id: target.row.id };
    const done = await move(
      conversation.id,
      "transfer",
      note.trim() ? { ...where, note: note.trim() } : where,
    );
    setBusy(false);
    if (done) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={words.title} size="md">
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void submit();
        }}
      >
        <TextInput
          data-autofocus
          aria-label={words.search}
          placeholder={words.search}
          leftSection={<Icon name="search" size={14} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <div className={css.targets} role="radiogroup" aria-label={words.choose}>
          {queues.length > 0 && <h3>{words.queues}</h3>}
          {queues.map((row) => (
            <Choice
              key={`q${row.id}`}
              name={row.name}
              on={target?.kind === "queue" && target.row.id === row.id}
              onClick={() => setTarget({ kind: "queue", row })}
            />
          ))}
          {people.length > 0 && <h3>{words.agents}</h3>}
          {people.map((row) => (
            <Choice
              key={`a${row.id}`}
              name={row.name}
              agent={row}
              on={target?.kind === "agent" && target.row.id === row.id}
              onClick={() => setTarget({ kind: "agent", row })}
            />
          ))}
          {queues.length + people.length === 0 && <p>{words.nothing}</p>}
        </div>
        <Textarea
          label={words.note}
          rows={2}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button type="submit" disabled={!target} loading={busy} rightSection={<Kbd>{MOD} ↵</Kbd>}>
          {target ? words.submit(target.row.name) : words.choose}
        </Button>
      </form>
    </Modal>
  );
}

interface ChoiceProps {
  name: string;
  on: boolean;
  agent?: AgentView;
  onClick: () => void;
}

function Choice({ name, on, agent, onClick }: ChoiceProps) {
  const there = agent && (agent.presence === "available" || agent.presence === "busy");
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of facts is the label, which an input cannot hold
    <button type="button" role="radio" aria-checked={on} className={css.target} onClick={onClick}>
      {agent ? <PresenceDot presence={agent.presence} /> : <Icon name="transfer" size={14} />}
      <span>{name}</span>
      {agent && (
        <small>
          {there
            ? words.free(Math.max(0, agent.capacity_units - agent.used_units))
            : `${common.presence[agent.presence]}, ${words.unavailable}`}
        </small>
      )}
      {on && <Icon name="check" />}
    </button>
  );
}
