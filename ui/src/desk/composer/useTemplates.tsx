/** Templates in a reply: chosen by name, put in with what is known, and not sent while a slot stands open. */
import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { lazy, type RefObject, Suspense, useLayoutEffect, useRef, useState } from "react";
import type { TemplateVersion } from "../../api/schema.gen";
import type { ConversationView } from "../../api/types";
import { Icon } from "../../blocks/Icon";
import { Kbd } from "../../blocks/Small";
import { useKeys } from "../../keys/keys";
import { useLive } from "../../live/useLive";
import { fillHoles, holesOf, localeFor } from "../../text/holes";
import { templatePicker as words } from "../../words/outreach";
import css from "./composer.module.css";
import { type Draft, openHoles, setDraft } from "./drafts";

const TemplatePicker = lazy(() => import("./TemplatePicker"));
const first = (name: string): string => name.trim().split(" ")[0] ?? "";

/** The words for this customer; what only the agent can know stays as {slot}. */
function useWriter({ contact_name, number_name, language }: ConversationView) {
  const agent = useLive((state) => state.me.name);
  const known: Record<string, string> = {
    CustomerName: contact_name.trim(),
    CustomerFirstName: first(contact_name),
    NumberName: number_name,
    AgentName: agent,
    AgentFirstName: first(agent),
  };
  const pattern = ({ texts, default_locale }: TemplateVersion) =>
    texts[localeFor(texts, default_locale, language)] ?? "";
  return {
    write: (version: TemplateVersion) => fillHoles(pattern(version), (name) => known[name]),
    missing: (version: TemplateVersion) => holesOf(pattern(version), true).filter((name) => !known[name]),
  };
}

interface Given {
  conversation: ConversationView;
  draft: Draft;
  field: RefObject<HTMLTextAreaElement | null>;
  off: boolean;
}

export function useTemplates({ conversation, draft, field, off }: Given) {
  const { id } = conversation;
  const { write, missing } = useWriter(conversation);
  const [picking, setPicking] = useState(false);
  const mark = useRef<[number, number] | null>(null);
  const open = openHoles(draft);
  useKeys(off ? {} : { "#": () => setPicking(true) });
  useLayoutEffect(() => {
    if (picking || !mark.current || !field.current) return;
    field.current.focus();
    field.current.setSelectionRange(...mark.current);
    mark.current = null;
  });

  const put = (text: string, holes: readonly string[]) => {
    const from = field.current?.selectionStart ?? draft.body.length;
    const to = field.current?.selectionEnd ?? from;
    const hole = holes[0] === undefined ? null : `{${holes[0]}}`;
    const at = from + (hole ? text.indexOf(hole) : text.length);
    mark.current = [at, at + (hole?.length ?? 0)];
    const body = draft.body.slice(0, from) + text + draft.body.slice(to);
    setDraft(id, { body, mode: "reply", holes: [...new Set([...open, ...holes])] });
    setPicking(false);
  };
  const close = () => {
    const at = field.current?.selectionEnd ?? draft.body.length;
    mark.current = [at, at];
    setPicking(false);
  };
  const goTo = (name: string) => {
    const at = draft.body.indexOf(`{${name}}`);
    field.current?.focus();
    field.current?.setSelectionRange(at, at + name.length + 2);
  };
  return {
    open,
    /** In an empty field the key opens the list; after words it writes its sign. */
    onKey: (key: string): boolean => {
      if (off || key !== "#" || draft.body.trim() !== "") return false;
      setPicking(true);
      return true;
    },
    button: (
      <Tooltip
        label={
          <>
            {words.open} <Kbd>#</Kbd>
          </>
        }
      >
        <ActionIcon
          variant="subtle"
          color="gray"
          size="md"
          aria-label={words.open}
          aria-keyshortcuts="#"
          onClick={() => setPicking(true)}
        >
          <Icon name="note" />
        </ActionIcon>
      </Tooltip>
    ),
    hint: open[0] !== undefined && (
      <p className={css.fill} role="status">
        {words.fill(open)}{" "}
        <Button size="compact-xs" variant="default" onClick={() => goTo(open[0] ?? "")}>
          {words.next}
        </Button>
      </p>
    ),
    picker: (
      <Suspense fallback={null}>
        {picking && (
          <TemplatePicker
            write={write}
            onChoose={(version) => put(write(version), missing(version))}
            onSign={() => put("#", [])}
            onClose={close}
          />
        )}
      </Suspense>
    ),
  };
}
