/** Everything by typing: actions on the open conversation, places, presence, and customers. */
import { Modal, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { type KeyboardEvent, useState } from "react";
import { findConversations } from "../api/calls";
import { Icon } from "../blocks/Icon";
import { Kbd } from "../blocks/Small";
import { useKeys } from "../keys/keys";
import { useLive } from "../live/useLive";
import { commandBar as words } from "../words/shell";
import { type Command, commandsFor, foundCommands } from "./commands";
import css from "./overlay.module.css";

interface Props {
  onClose: () => void;
  onHelp: () => void;
  onText: () => void;
}

export default function CommandBar({ onClose, onHelp, onText }: Props) {
  useKeys({ "mod+k": onClose }, { modal: true });
  const [typed, setTyped] = useState("");
  const [place, setPlace] = useState(0);
  const [wanted] = useDebouncedValue(typed.trim(), 150);
  const found = useQuery({
    queryKey: ["search", wanted],
    queryFn: ({ signal }) => findConversations(wanted, signal),
    enabled: wanted.length > 1,
  });
  const navigate = useNavigate();
  const { conversationId } = useParams({ strict: false }) as { conversationId?: string };
  const me = useLive((state) => state.me);
  const open = useLive((state) => state.conversations[Number(conversationId)]);
  const go = (to: string) => void navigate({ to });
  const all = commandsFor({ me, open, go, help: onHelp, text: onText });
  const matching = all.filter((command) => command.label.toLowerCase().includes(typed.trim().toLowerCase()));
  const commands = [...matching, ...foundCommands(found.data?.items.slice(0, 8) ?? [], go)];
  const at = Math.min(place, commands.length - 1);
  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setPlace((at + step + commands.length) % Math.max(1, commands.length));
    } else if (event.key === "Enter") run(commands[at]);
  };
  return (
    <Modal.Root opened onClose={onClose} yOffset="12vh" size={560}>
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content aria-label={words.label}>
        <TextInput
          data-autofocus
          className={css.ask}
          size="md"
          variant="unstyled"
          role="combobox"
          aria-expanded="true"
          aria-controls="commands"
          aria-activedescendant={commands[at] ? `command-${commands[at].id}` : undefined}
          aria-label={words.label}
          placeholder={words.placeholder}
          leftSection={<Icon name="search" />}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setPlace(0);
          }}
          onKeyDown={onKey}
        />
        <div className={css.commands} id="commands" role="listbox" aria-label={words.label}>
          {commands.map((command, index) => (
            <Item
              key={command.id}
              command={command}
              on={index === at}
              first={commands[index - 1]?.group !== command.group}
              onRun={() => run(command)}
              onPoint={() => setPlace(index)}
            />
          ))}
        </div>
        {commands.length === 0 && <p className={css.nothing}>{words.nothing}</p>}
        <footer className={css.hints}>
          <Kbd>↑</Kbd> <Kbd>↓</Kbd> {words.hint} <Kbd>↵</Kbd> {words.run} <Kbd>Esc</Kbd> {words.leave}
        </footer>
      </Modal.Content>
    </Modal.Root>
  );
}

interface ItemProps {
  command: Command;
  on: boolean;
  first: boolean;
  onRun: () => void;
  onPoint: () => void;
}

function Item({ command, on, first, onRun, onPoint }: ItemProps) {
  return (
    <>
      {first && (
        <div className={css.group} role="presentation">
          {words.groups[command.group]}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field above takes the keys for the whole list */}
      <div
        id={`command-${command.id}`}
        role="option"
        aria-selected={on}
        tabIndex={-1}
        className={css.command}
        ref={(node) => {
          if (on) node?.scrollIntoView({ block: "nearest" });
        }}
        onClick={onRun}
        onMouseMove={onPoint}
      >
        <Icon name={command.icon} />
        <span className={css.label}>{command.label}</span>
        {command.detail && <small>{command.detail}</small>}
        {command.keys && <Kbd>{command.keys}</Kbd>}
      </div>
    </>
  );
}
