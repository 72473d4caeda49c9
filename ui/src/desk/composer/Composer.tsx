/** Where replies and notes are written: modes, pictures, cost as you type, and why it may not be sent. */
import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { type KeyboardEvent, useMemo, useRef } from "react";
import type { ConversationView, Sending } from "../../api/types";
import { Icon } from "../../blocks/Icon";
import { Kbd } from "../../blocks/Small";
import { MOD, useKeys } from "../../keys/keys";
import { sendOut } from "../../live/outgoing";
import { countParts } from "../../text/parts";
import { composer as words } from "../../words/desk";
import { Counter } from "./Counter";
import css from "./composer.module.css";
import { type Draft, setDraft, useDraft } from "./drafts";
import { Field } from "./Field";
import { Pictures, usePictures } from "./Pictures";
import { Refusal, refusalOf } from "./Refusal";
import { SendLater } from "./SendLater";
import { useTemplates } from "./useTemplates";

const MOST_PARTS = 10;

interface Props {
  conversation: ConversationView;
  sending: Sending | null;
  /** Who does not hold the conversation may only write notes. */
  notesOnly: boolean;
}

export function Composer({ conversation, sending, notesOnly }: Props) {
  const { id, contact_id } = conversation;
  const draft = useDraft(id);
  const note = notesOnly || draft.mode === "note";
  const field = useRef<HTMLTextAreaElement>(null);
  // The gate knows the provider and the workstream too; until it has answered, the number decides.
  const noPictures = sending?.media ?? (conversation.capabilities.includes("mms") ? null : words.noMms);
  const pictures = usePictures(id, note ? words.picturesInReplies : noPictures);
  const parts = useMemo(() => countParts(draft.body), [draft.body]);
  const refusal = note ? null : refusalOf(conversation, sending);
  const tooLong = !note && parts.parts > MOST_PARTS;
  const empty = draft.body.trim() === "" && (note || draft.media.length === 0);
  const templates = useTemplates({ conversation, draft, field, off: note });
  const unfilled = !note && templates.open.length > 0;
  const unready = empty || tooLong || unfilled || pictures.uploading > 0;
  const blocked = unready || refusal !== null;

  const write = (mode: Draft["mode"]) => () => {
    setDraft(id, { mode });
    field.current?.focus();
  };
  useKeys({ n: write("note"), ...(notesOnly ? {} : { r: write("reply") }) });

  const send = (at?: Date) => {
    if (at ? unready : blocked) return;
    const media = note ? [] : draft.media;
    sendOut({
      conversationId: id,
      contactId: contact_id,
      kind: note ? "note" : "outbound",
      body: draft.body,
      media,
      ...(at && { sendAt: at.toISOString() }),
    });
    setDraft(id, note ? { body: "", mode: "reply" } : { body: "", media: [], holes: [] });
    field.current?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      send();
    } else if (event.key === "Escape") field.current?.blur();
    else if (templates.onKey(event.key)) event.preventDefault();
  };
  return (
    <section
      className={css.composer}
      data-note={note && !notesOnly}
      data-quiet={notesOnly}
      {...pictures.dropZone}
    >
      {refusal && <Refusal refusal={refusal} onSchedule={unready ? undefined : send} />}
      {!notesOnly && (
        <div className={css.modes} role="tablist" aria-label={words.mode}>
          <Mode on={!note} label={words.reply} hint="R" onClick={write("reply")} />
          <Mode on={note} label={words.note} hint="N" onClick={write("note")} />
        </div>
      )}
      <Field
        ref={field}
        value={draft.body}
        marks={note ? [] : parts.costly}
        label={note ? words.note : words.reply}
        placeholder={note ? words.notePlaceholder : words.placeholder}
        onChange={(body) => setDraft(id, { body })}
        onKeyDown={onKey}
        onPaste={pictures.onPaste}
      />
      {!note && templates.hint}
      {!note && <Pictures conversationId={id} media={draft.media} uploading={pictures.uploading} />}
      <div className={css.foot}>
        {!note && (
          <Tooltip label={noPictures ?? words.attach} multiline maw={320}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="md"
              aria-label={words.attach}
              data-disabled={noPictures !== null || undefined}
              aria-disabled={noPictures !== null}
              onClick={pictures.choose}
            >
              <Icon name="clip" />
            </ActionIcon>
          </Tooltip>
        )}
        {!note && templates.button}
        {!note && <Counter body={draft.body} parts={parts} onPlain={(body) => setDraft(id, { body })} />}
        {tooLong && <span className={css.tooLong}>{words.tooLong}</span>}
        <Button
          className={css.send}
          disabled={blocked}
          onClick={() => send()}
          rightSection={<Kbd>{MOD} ↵</Kbd>}
          aria-keyshortcuts="Control+Enter Meta+Enter"
        >
          {note ? words.addNote : words.send}
        </Button>
        {!note && (
          <SendLater disabled={unready || (refusal !== null && refusal.until === null)} onTime={send} />
        )}
      </div>
      {pictures.input}
      {templates.picker}
    </section>
  );
}

interface ModeProps {
  on: boolean;
  label: string;
  hint: string;
  onClick: () => void;
}

function Mode({ on, label, hint, onClick }: ModeProps) {
  return (
    <button type="button" role="tab" aria-selected={on} className={css.mode} onClick={onClick}>
      {label} <Kbd>{hint}</Kbd>
    </button>
  );
}
