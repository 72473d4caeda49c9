/** A text to copy, with its button. */
import { ActionIcon } from "@mantine/core";
import { copyText } from "../blocks/copying";
import { Icon } from "../blocks/Icon";
import { common } from "../words/common";
import css from "./settings.module.css";

export function CopyLine({ label, text }: { label: string; text: string }) {
  return (
    <div className={css.copy}>
      <span>{label}</span>
      <code>{text}</code>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`${common.copy}: ${label}`}
        onClick={() => copyText(text)}
      >
        <Icon name="copy" />
      </ActionIcon>
    </div>
  );
}
