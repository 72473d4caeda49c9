/** The head of a flow: its name and state, saving, publishing, pausing, removing. */
import { Button, Menu } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { removeFlow } from "../api/flow-calls";
import type { Flow } from "../api/schema.gen";
import { Ask } from "../blocks/Ask";
import { Icon } from "../blocks/Icon";
import { Tag } from "../blocks/Small";
import { say } from "../blocks/toasts";
import { builderWords as words } from "../words/flows";
import { startWords } from "../words/start-flow";
import { FlowTag } from "./FlowsPage";
import css from "./flows.module.css";
import { StartForMany } from "./StartForMany";
import type { FlowEditing } from "./useFlowEditor";

export function EditorHead({ flow, editing }: { flow: Flow; editing: FlowEditing }) {
  const [starting, setStarting] = useState(false);
  const [removing, setRemoving] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const remove = async () => {
    await removeFlow(flow.id);
    editing.release();
    say(words.removed);
    await navigate({ to: "/outreach/$page", params: { page: "flows" } });
    await queries.invalidateQueries({ queryKey: ["settings", "flows"] });
  };
  const published = flow.version !== null;
  const changed = published && JSON.stringify(flow.draft) !== JSON.stringify(flow.published);
  return (
    <header className={css.head}>
      <Link to="/outreach/$page" params={{ page: "flows" }} className={css.back}>
        <Icon name="back" />
        {words.back}
      </Link>
      <h2>{editing.work.name}</h2>
      <FlowTag flow={flow} />
      {published && <span className={css.hint}>{words.version(flow.version ?? 1)}</span>}
      {editing.dirty ? (
        <Tag tone="warn">{words.unsaved}</Tag>
      ) : (
        changed && <Tag tone="calm">{words.unpublished}</Tag>
      )}
      <div className={css.acts}>
        {flow.archived ? (
          <Button variant="default" disabled={editing.busy} onClick={() => void editing.setArchived(false)}>
            {words.takeBack}
          </Button>
        ) : (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="subtle" color="gray" aria-label={words.more}>
                <Icon name="more" />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {flow.active && (
                <Menu.Item onClick={() => setStarting(true)}>{startWords.openForMany}…</Menu.Item>
              )}
              {published ? (
                <Menu.Item onClick={() => void editing.setArchived(true)}>{words.archive}</Menu.Item>
              ) : (
                <Menu.Item color="red" onClick={() => setRemoving(true)}>
                  {words.remove}…
                </Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
        )}
        {published && !flow.archived && (
          <Button
            variant="default"
            disabled={editing.busy}
            onClick={() => void editing.setActive(!flow.active)}
          >
            {flow.active ? words.pause : words.resume}
          </Button>
        )}
        <Button
          variant="default"
          disabled={!editing.dirty || editing.busy}
          onClick={() => void editing.save()}
        >
          {words.save}
        </Button>
        {!flow.archived && (
          <Button loading={editing.busy} onClick={() => void editing.publish()}>
            {words.publish}
          </Button>
        )}
      </div>
      {starting && <StartForMany flow={flow} onClose={() => setStarting(false)} />}
      {removing && (
        <Ask
          title={words.removeAsk(flow.name)}
          act={words.remove}
          keep={words.keep}
          failed={words.changeFailed}
          onYes={remove}
          onClose={() => setRemoving(false)}
        >
          {words.removeHint}
        </Ask>
      )}
    </header>
  );
}
