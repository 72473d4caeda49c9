/** A text to somebody who did not write first: to, from, what it is; the gate's answer stands there before it is sent. */
import { Button, Modal, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { ApiError, sentenceOf } from "../api/client";
import { checkSend, startConversation } from "../api/consent-calls";
import { freshKey } from "../api/key";
import { Notice } from "../blocks/Small";
import { useKeys } from "../keys/keys";
import { useLive } from "../live/useLive";
import { common, phoneOf } from "../words/common";
import { newText as words } from "../words/consent";
import { Refusal } from "./composer/Refusal";
import panels from "./panels/panels.module.css";

interface Props {
  to?: string;
  onClose: () => void;
}

export default function NewText({ to: known = "", onClose }: Props) {
  useKeys({}, { modal: true });
  const numbers = useLive((state) => state.numbers);
  const [to, setTo] = useState(known);
  const [from, setFrom] = useState(String(numbers[0]?.id ?? ""));
  const [about, setAbout] = useState("informational");
  const [body, setBody] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [key] = useState(freshKey);
  const navigate = useNavigate();
  const text = { number_id: Number(from), to: to.trim(), about, body: body.trim() || "Hello" };
  const [asked] = useDebouncedValue(text, 300);
  const gate = useQuery({
    queryKey: ["send-check", asked],
    queryFn: ({ signal }) => checkSend(asked, signal),
    enabled: asked.to.replace(/\D/g, "").length >= 7 && from !== "",
  });
  const sending = gate.data?.items[0]?.sending ?? null;
  const held = sending && !sending.allowed ? sending : null;

  const send = async (time?: Date) => {
    setBusy(true);
    setError(null);
    try {
      const order = { ...text, body: body.trim(), ...(time && { send_at: time.toISOString() }) };
      const { conversation } = await startConversation(order, key);
      onClose();
      void navigate({ to: "/desk/$conversationId", params: { conversationId: String(conversation.id) } });
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  const fields = error instanceof ApiError ? error.fields : {};
  return (
    <Modal opened onClose={onClose} title={words.title} size="lg">
      <form className={panels.form} onSubmit={submit}>
        <TextInput
          data-autofocus={known ? undefined : true}
          label={words.to}
          description={words.toHint}
          type="tel"
          required
          value={to}
          error={fields.to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <NativeSelect
          label={words.from}
          data={numbers.map((one) => ({
            value: String(one.id),
            label: one.name ? `${one.name} ${phoneOf(one.address)}` : phoneOf(one.address),
          }))}
          value={from}
          error={fields.number_id}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <NativeSelect
          label={words.about}
          data={[...words.abouts]}
          value={about}
          onChange={(event) => setAbout(event.currentTarget.value)}
        />
        <Textarea
          data-autofocus={known ? true : undefined}
          label={words.body}
          required
          autosize
          minRows={3}
          maxRows={8}
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
        {held && (
          <Refusal
            refusal={{
              sentence: held.sentence ?? words.failed,
              until: held.until ?? null,
              source: held.source ?? null,
            }}
            onSchedule={body.trim() ? (time) => void send(time) : undefined}
          />
        )}
        {sending?.allowed && (
          <Notice tone="good" icon="check">
            {words.allowed}
          </Notice>
        )}
        {error !== null && (
          <Notice tone="bad" icon="warn">
            {sentenceOf(error)}
          </Notice>
        )}
        <footer className={panels.foot}>
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={busy} disabled={!body.trim() || !sending?.allowed}>
            {words.send}
          </Button>
        </footer>
      </form>
    </Modal>
  );
}
