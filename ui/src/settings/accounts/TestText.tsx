/** A test text to a phone in one's hand, and how far it got. */
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { call, sentenceOf } from "../../api/client";
import { sendTest } from "../../api/settings-calls";
import type { SmsNumber } from "../../api/settings-types";
import type { MessageView } from "../../api/types";
import { Notice, Tag } from "../../blocks/Small";
import { FAILED } from "../../live/status";
import { phoneOf } from "../../words/common";
import { accountWords as words } from "../../words/settings";
import { numberWords } from "../../words/settings-nouns";
import { deliveryOf, failureOf } from "../../words/thread";
import css from "../settings.module.css";
import { useRows } from "../useRows";

const OVER: ReadonlySet<string> = new Set([...FAILED, "delivered", "read", "canceled"]);

/** Follows the text until its fate is known. */
function useFate(sent: MessageView | null): MessageView | null {
  const fate = useQuery({
    queryKey: ["message", sent?.id],
    queryFn: () => call<MessageView>(`/messages/${sent?.id}`),
    enabled: sent !== null && !OVER.has(sent.status),
    refetchInterval: (query) => (query.state.data && OVER.has(query.state.data.status) ? false : 1000),
  });
  return fate.data ?? sent;
}

export function TestText({ accountId, numberId }: { accountId: number; numberId: number | null }) {
  const numbers = useRows<SmsNumber>("numbers");
  const ours = (numbers.data ?? []).filter((one) => one.provider_account_id === accountId);
  const [chosen, setChosen] = useState("");
  const [to, setTo] = useState("");
  const [sent, setSent] = useState<MessageView | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const fate = useFate(sent);
  const from = numberId ?? (Number(chosen) || ours[0]?.id);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!from) return;
    setBusy(true);
    setError(null);
    setSent(null);
    try {
      setSent(await sendTest(accountId, { number_id: from, to }));
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={css.form} onSubmit={send}>
      {numberId === null && (
        <NativeSelect
          label={numberWords.address}
          data={ours.map((one) => ({ value: String(one.id), label: phoneOf(one.address) }))}
          value={chosen || String(ours[0]?.id ?? "")}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
      )}
      <TextInput
        label={words.testTo}
        description={words.testHint}
        placeholder="+1…"
        type="tel"
        required
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <div aria-live="polite">
        {error !== null && (
          <Notice tone="bad" icon="warn">
            {words.testFailed}. {sentenceOf(error)}
          </Notice>
        )}
        {fate && <Fate message={fate} />}
      </div>
      <div>
        <Button type="submit" loading={busy} disabled={!from}>
          {words.testSend}
        </Button>
      </div>
    </form>
  );
}

function Fate({ message }: { message: MessageView }) {
  const failed = FAILED.has(message.status);
  const done = message.status === "delivered" || message.status === "read";
  return (
    <p>
      {words.testState}:{" "}
      <Tag tone={failed ? "bad" : done ? "good" : "plain"} icon={failed ? "warn" : done ? "checks" : "clock"}>
        {deliveryOf(message)}
      </Tag>{" "}
      {failed && failureOf(message)}
    </p>
  );
}
