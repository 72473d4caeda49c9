/** What one trigger says: for all numbers, or for one number in words of its own. */
import { Button, Modal, NativeSelect, Switch } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { resetAutomated, setAutomated } from "../../api/behaviour-calls";
import { ApiError, sentenceOf } from "../../api/client";
import type { AutomatedMessages, Trigger } from "../../api/schema.gen";
import type { SmsNumber } from "../../api/settings-types";
import { Notice } from "../../blocks/Small";
import { say } from "../../blocks/toasts";
import { useKeys } from "../../keys/keys";
import { triggerWords, messagesWords as words } from "../../words/automation";
import { common, phoneOf } from "../../words/common";
import css from "../settings.module.css";
import { WordingFields } from "./WordingFields";
import { messageFor, type Texts, textsOf } from "./wording";

interface Props {
  trigger: Trigger;
  messages: AutomatedMessages;
  numbers: readonly SmsNumber[];
  fallback: string;
  onClose: () => void;
}

export function MessageForm({ trigger, messages, numbers, fallback, onClose }: Props) {
  useKeys({}, { modal: true });
  const [numberId, setNumberId] = useState<number | null>(null);
  return (
    <Modal opened onClose={onClose} title={triggerWords[trigger].name} size={680}>
      <div className={css.form}>
        <p>{triggerWords[trigger].when}</p>
        {numbers.length > 0 && (
          <NativeSelect
            label={words.scope}
            value={numberId ?? ""}
            data={[
              { value: "", label: words.everyNumber },
              ...numbers.map((one) => ({
                value: String(one.id),
                label: one.name ? `${one.name}, ${phoneOf(one.address)}` : phoneOf(one.address),
              })),
            ]}
            onChange={(event) =>
              setNumberId(event.currentTarget.value ? Number(event.currentTarget.value) : null)
            }
          />
        )}
        <Words
          key={numberId}
          trigger={trigger}
          messages={messages}
          numberId={numberId}
          fallback={fallback}
          onClose={onClose}
        />
      </div>
    </Modal>
  );
}

interface WordsProps {
  trigger: Trigger;
  messages: AutomatedMessages;
  numberId: number | null;
  fallback: string;
  onClose: () => void;
}

function Words({ trigger, messages, numberId, fallback, onClose }: WordsProps) {
  const { message, own } = messageFor(messages.items, trigger, numberId);
  const [texts, setTexts] = useState<Texts>(() => (message ? textsOf(message) : {}));
  const [active, setActive] = useState(message?.saved ? message.active : true);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  if (!message) return null;
  const act = async (what: Promise<unknown>) => {
    setBusy(true);
    setError(null);
    try {
      await what;
      await queries.invalidateQueries({ queryKey: ["settings"] });
      say(words.saved);
      onClose();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    void act(setAutomated(trigger, numberId, { active, texts }));
  };
  const problems = error instanceof ApiError ? error.fields : {};
  const elsewhere = Object.entries(problems).filter(([field]) => !(field.replace("texts.", "") in texts));
  return (
    <form className={css.form} onSubmit={save}>
      {numberId !== null && !own && <p>{words.followsAll}</p>}
      <Switch
        label={words.active}
        checked={active}
        onChange={(event) => setActive(event.currentTarget.checked)}
      />
      <WordingFields
        texts={texts}
        placeholders={message.placeholders}
        price={messages.part_price}
        fallback={fallback}
        problems={problems}
        field="texts"
        onChange={setTexts}
      />
      {error !== null && (
        <div role="alert">
          <Notice tone="bad" icon="warn">
            {sentenceOf(error)}
            {elsewhere.map(([field, problem]) => (
              <p key={field}>
                {field.replace("texts.", "")}: {problem}
              </p>
            ))}
          </Notice>
        </div>
      )}
      <footer className={css.formFoot}>
        {own && message.saved && (
          <Button
            variant="subtle"
            color="red"
            loading={busy}
            onClick={() => void act(resetAutomated(trigger, numberId))}
          >
            {numberId === null ? words.resetAll : words.reset}
          </Button>
        )}
        <Button className={css.push} variant="default" onClick={onClose}>
          {common.cancel}
        </Button>
        <Button type="submit" loading={busy}>
          {common.save}
        </Button>
      </footer>
    </form>
  );
}
