/** A test text to a phone in one's hand: sent, delivered, answered. The last line ticks itself. */
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { sentenceOf } from "../../api/client";
import { followTest, type RoundTrip, sendTest } from "../../api/settings-calls";
import type { SmsNumber } from "../../api/settings-types";
import type { MessageView } from "../../api/types";
import { Icon, type IconName } from "../../blocks/Icon";
import { Notice } from "../../blocks/Small";
import { Ago } from "../../blocks/Times";
import { FAILED } from "../../live/status";
import { phoneOf } from "../../words/common";
import { accountWords as words } from "../../words/settings";
import { numberWords } from "../../words/settings-nouns";
import { deliveryOf, failureOf } from "../../words/thread";
import css from "../settings.module.css";
import { useRows } from "../useRows";
import own from "./accounts.module.css";

const ASK_MS = 1000;
const ARRIVED: ReadonlySet<string> = new Set(["delivered", "read"]);

interface Sent {
  message: MessageView;
  to: string;
}

/** Follows the text there and back. */
function useTrip(accountId: number, sent: Sent | null) {
  return useQuery({
    queryKey: ["test-text", accountId, sent?.message.id],
    queryFn: () => followTest(accountId, sent?.message.id ?? 0),
    enabled: sent !== null,
    refetchInterval: (query) =>
      query.state.data?.answered_at || FAILED.has(query.state.data?.message.status ?? "") ? false : ASK_MS,
  });
}

export function TestText({ accountId }: { accountId: number }) {
  const numbers = useRows<SmsNumber>("numbers");
  const ours = (numbers.data ?? []).filter((one) => one.provider_account_id === accountId && one.active);
  const [chosen, setChosen] = useState("");
  const [to, setTo] = useState("");
  const [sent, setSent] = useState<Sent | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const trip = useTrip(accountId, sent);
  const from = Number(chosen) || ours[0]?.id;
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!from) return;
    setBusy(true);
    setError(null);
    setSent(null);
    try {
      setSent({ message: await sendTest(accountId, { number_id: from, to }), to });
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={css.form} onSubmit={(event) => void send(event)}>
      {ours.length > 1 && (
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
      <div>
        <Button type="submit" loading={busy} disabled={!from}>
          {words.testSend}
        </Button>
      </div>
      <div aria-live="polite">
        {error !== null && (
          <Notice tone="bad" icon="warn">
            {words.testFailed}. {sentenceOf(error)}
          </Notice>
        )}
        {trip.isError && (
          <Notice tone="bad" icon="warn">
            {words.testFollowFailed}. {sentenceOf(trip.error)}
          </Notice>
        )}
        {sent && <Trip trip={trip.data ?? { message: sent.message, answered_at: null }} to={sent.to} />}
      </div>
    </form>
  );
}

function Trip({ trip, to }: { trip: RoundTrip; to: string }) {
  const { message, answered_at } = trip;
  const failed = FAILED.has(message.status);
  const arrived = ARRIVED.has(message.status) || answered_at !== null;
  return (
    <>
      <ol className={own.trip}>
        <Leg state={failed ? "failed" : arrived ? "done" : "open"} icon="checks" title={words.testState}>
          <b>{deliveryOf(message)}</b>
          {failed && <p>{failureOf(message)}</p>}
        </Leg>
        {!failed && (
          <Leg
            state={answered_at ? "done" : "open"}
            icon="check"
            title={answered_at ? words.testAnswered : words.testAnswer(to)}
          >
            {answered_at ? <Ago at={answered_at} /> : arrived && <p>{words.testAnswerHint}</p>}
          </Leg>
        )}
      </ol>
      {answered_at && (
        <Notice tone="good" icon="check">
          {words.testProven}
        </Notice>
      )}
    </>
  );
}

interface LegProps {
  state: "open" | "done" | "failed";
  icon: IconName;
  title: string;
  children: ReactNode;
}

function Leg({ state, icon, title, children }: LegProps) {
  return (
    <li data-state={state}>
      <span className={own.tripMark}>
        <Icon name={state === "failed" ? "warn" : state === "done" ? icon : "clock"} size={12} />
      </span>
      <div>
        {title} {children}
      </div>
    </li>
  );
}
