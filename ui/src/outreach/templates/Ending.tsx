/** Taking a template out of use: archived once something may have been sent from it, removed before. */
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { MessageTemplate } from "../../api/schema.gen";
import { changeRow, removeRow } from "../../api/settings-calls";
import { Ask } from "../../blocks/Ask";
import { say, sayFailed } from "../../blocks/toasts";
import { templateWords as words } from "../../words/outreach";
import css from "./editor.module.css";

interface Props {
  template: MessageTemplate;
  /** What was being written is gone with it. */
  onGone: () => void;
}

export function Ending({ template, onGone }: Props) {
  const { id, name, archived, approved } = template;
  const [asking, setAsking] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const reread = () => queries.invalidateQueries({ queryKey: ["settings", "message-templates"] });
  const archive = async (value: boolean) => {
    await changeRow("message-templates", id, { archived: value });
    say(value ? words.archived : words.restored);
    await reread();
  };
  const restore = () => archive(false).catch((error: unknown) => sayFailed(words.endFailed, error));
  const remove = async () => {
    await removeRow("message-templates", id);
    say(words.removed);
    onGone();
    await navigate({ to: "/outreach/$page", params: { page: "templates" } });
    await reread();
  };
  if (archived) {
    return (
      <footer className={css.ending}>
        <Button variant="default" onClick={() => void restore()}>
          {words.restore}
        </Button>
      </footer>
    );
  }
  return (
    <footer className={css.ending}>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
        {approved ? words.archive : words.remove}…
      </Button>
      {asking && (
        <Ask
          title={approved ? words.archiveAsk(name) : words.removeAsk(name)}
          act={approved ? words.archive : words.remove}
          keep={words.keep}
          failed={words.endFailed}
          onYes={() => (approved ? archive(true) : remove())}
          onClose={() => setAsking(false)}
        >
          {approved ? words.archiveHint : words.removeHint}
        </Ask>
      )}
    </footer>
  );
}
