/** Above the steps: add one, undo, redo, tidy up, graph or list. */
import { ActionIcon, Button, Menu } from "@mantine/core";
import { Icon } from "../blocks/Icon";
import { Tabs } from "../blocks/Tabs";
import { flowWords, builderWords as words } from "../words/flows";
import type { View } from "./FlowEditor";
import css from "./flows.module.css";
import { KINDS, type Kind } from "./graph";
import type { FlowEditing } from "./useFlowEditor";

interface Props {
  editing: FlowEditing;
  view: View;
  onView: (view: View) => void;
  onAdd: (kind: Kind) => void;
  onTidy: () => void;
}

export function Toolbar({ editing, view, onView, onAdd, onTidy }: Props) {
  return (
    <div className={css.toolbar}>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button size="compact-sm" leftSection={<Icon name="plus" />} variant="light">
            {words.addStep}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {KINDS.map((kind) => (
            <Menu.Item key={kind} onClick={() => onAdd(kind)}>
              {flowWords.kinds[kind]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Step label={words.undo} act={editing.undo} flipped={false} />
      <Step label={words.redo} act={editing.redo} flipped />
      <Button size="compact-sm" variant="default" onClick={onTidy}>
        {words.tidy}
      </Button>
      <div className={css.push}>
        <Tabs label={words.viewLabel} all={words.views} open={view} onOpen={onView} />
      </div>
    </div>
  );
}

function Step({ label, act, flipped }: { label: string; act: (() => void) | null; flipped: boolean }) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={label}
      title={label}
      disabled={!act}
      onClick={() => act?.()}
    >
      <span className={flipped ? css.redo : css.undo}>
        <Icon name="refresh" />
      </span>
    </ActionIcon>
  );
}
