/** A text to copy, with its button; says so where the browser does not allow copying. */
import { ActionIcon } from "@mantine/core";
import { Icon } from "../blocks/Icon";
import { say } from "../blocks/toasts";
import { common } from "../words/common";
import { accountWords } from "../words/settings";
import css from "./settings.module.css";

export function CopyLine({ label, text }: { label: string; text: string }) {
  const copy = () => {
    if (!navigator.clipboard) return say(accountWords.copyFailed, undefined, "bad");
    navigator.clipboard.writeText(text).then(
      () => say(common.copied),
      () => say(accountWords.copyFailed, undefined, "bad"),
    );
  };
  return (
    <div className={css.copy}>
      <span>{label}</span>
      <code>{text}</code>
      <ActionIcon variant="subtle" color="gray" aria-label={`${common.copy}: ${label}`} onClick={copy}>
        <Icon name="copy" />
      </ActionIcon>
    </div>
  );
}
