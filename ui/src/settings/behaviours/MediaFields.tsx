/** Which files a workstream takes from customers, and whether its agents may send pictures. */
import { Checkbox, Switch } from "@mantine/core";
import type { MediaPolicy } from "../../api/schema.gen";
import { mediaWords as words } from "../../words/automation";
import css from "../settings.module.css";

interface Props {
  value: MediaPolicy;
  onChange: (value: MediaPolicy) => void;
}

export function MediaFields({ value, onChange }: Props) {
  return (
    <>
      <Checkbox.Group
        label={words.receive}
        description={words.receiveHint}
        value={[...(value.receive ?? [])]}
        onChange={(receive) =>
          onChange({ ...value, receive: receive as NonNullable<MediaPolicy["receive"]> })
        }
      >
        <div className={css.checks}>
          {words.kinds.map((one) => (
            <Checkbox key={one.value} value={one.value} label={one.label} />
          ))}
        </div>
      </Checkbox.Group>
      <Switch
        label={words.send}
        description={words.sendHint}
        checked={value.send !== false}
        onChange={(event) => onChange({ ...value, send: event.currentTarget.checked })}
      />
    </>
  );
}
