/** What a number does with calls: in plain words, what was there before, and why it may not be possible. */
import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "../../api/client";
import { listProviders, setNumberVoice } from "../../api/settings-calls";
import type { NumberVoice, ProviderAccount, SmsNumber } from "../../api/settings-types";
import type { Check } from "../../api/types";
import { say, sayFailed } from "../../blocks/toasts";
import { numberCalls as words } from "../../words/calls";
import { CheckList } from "../CheckList";
import css from "../settings.module.css";

export function Calls({ number, account }: { number: SmsNumber; account: ProviderAccount | undefined }) {
  const providers = useQuery({ queryKey: ["settings", "providers"], queryFn: listProviders });
  const provider = providers.data?.find((one) => one.name === account?.provider);
  const why = !provider
    ? ""
    : !provider.voice
      ? words.noProvider(provider.label)
      : number.capabilities.includes("voice")
        ? null
        : words.noVoice;
  return (
    <section className={css.panel} aria-label={words.title}>
      <h3>{words.title}</h3>
      {why === null ? (
        <Form key={JSON.stringify(number.voice)} number={number} sip={provider?.sip ?? false} />
      ) : (
        <p>{why}</p>
      )}
    </section>
  );
}

function Form({ number, sip }: { number: SmsNumber; sip: boolean }) {
  const [voice, setVoice] = useState<NumberVoice>(number.voice);
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [checks, setChecks] = useState<Check[]>([]);
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  const set = (change: Partial<NumberVoice>) => setVoice((held) => ({ ...held, ...change }));
  const save = async () => {
    setBusy(true);
    setProblems({});
    try {
      const { before: _, ...draft } = voice;
      const answer = await setNumberVoice(number.id, draft);
      setChecks(answer.checks);
      if (answer.checks.some((check) => check.ok === false)) return;
      await queries.invalidateQueries({ queryKey: ["settings", "numbers"] });
      say(words.saved);
    } catch (error) {
      const fields = error instanceof ApiError ? error.fields : {};
      setProblems(fields);
      if (Object.keys(fields).length === 0) sayFailed(words.failed, error);
    } finally {
      setBusy(false);
    }
  };
  const forwards = voice.behaviour === "forward";
  const speaks = voice.behaviour !== "untouched";
  return (
    <>
      <p>{words.about}</p>
      {number.voice.before && <p>{words.before(number.voice.before)}</p>}
      <NativeSelect
        label={words.behaviour}
        error={problems.behaviour}
        data={[...words.behaviours]}
        value={voice.behaviour}
        onChange={(event) => set({ behaviour: event.currentTarget.value as NumberVoice["behaviour"] })}
      />
      {forwards && (
        <TextInput
          label={words.forwardTo}
          description={sip ? words.forwardHintSip : words.forwardHint}
          required
          error={problems.forward_to}
          value={voice.forward_to}
          onChange={(event) => set({ forward_to: event.currentTarget.value })}
        />
      )}
      {speaks && (
        <>
          <Textarea
            label={forwards ? words.wordsBefore : words.words}
            autosize
            minRows={2}
            error={problems.words}
            value={voice.words}
            onChange={(event) => set({ words: event.currentTarget.value })}
          />
          <NativeSelect
            label={words.language}
            data={[...words.languages]}
            value={voice.language}
            onChange={(event) => set({ language: event.currentTarget.value })}
          />
        </>
      )}
      {(forwards || voice.behaviour === "text_thread") && (
        <Textarea
          label={forwards ? words.textBackMissed : words.textBack}
          description={words.textBackHint}
          autosize
          minRows={2}
          required={!forwards}
          error={problems.text_back}
          value={voice.text_back}
          onChange={(event) => set({ text_back: event.currentTarget.value })}
        />
      )}
      {checks.length > 0 && <CheckList checks={checks} />}
      <Button
        className={css.push}
        variant="default"
        loading={busy}
        disabled={JSON.stringify(voice) === JSON.stringify(number.voice)}
        onClick={() => void save()}
      >
        {words.save}
      </Button>
    </>
  );
}
