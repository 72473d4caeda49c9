/** The customer's phone beside the graph, driven by the real engine; under it what each step did. */
import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { findContacts } from "../api/calls";
import { sentenceOf } from "../api/client";
import type { Definition, GivenAnswer } from "../api/schema.gen";
import type { Contact } from "../api/types";
import { FindList } from "../blocks/FindList";
import { nameOf, phoneOf } from "../words/common";
import { trialWords as words } from "../words/flows";
import { DiaryLines } from "./DiaryLines";
import css from "./flows.module.css";
import { Phone } from "./Phone";
import phone from "./phone.module.css";
import { readFacts, type Trial } from "./useTrial";

export function Simulator({ trial, flow }: { trial: Trial; flow: Definition }) {
  const { result, problems } = trial;
  return (
    <div className={css.form}>
      <p className={css.hint}>{words.hint}</p>
      <Phone result={result} empty={problems.length > 0 ? words.mend : words.nothingYet} />
      {result?.state === "listening" && <Reply onReply={trial.reply} />}
      <Button variant="default" onClick={trial.reset}>
        {words.reset}
      </Button>
      <Who contact={trial.contact} onChoose={trial.setContact} />
      <Textarea
        label={words.facts}
        description={words.factsHint}
        autosize
        minRows={2}
        maxRows={8}
        spellCheck={false}
        classNames={{ input: css.code }}
        value={trial.facts}
        error={readFacts(trial.facts) ? undefined : words.factsWrong}
        onChange={(event) => trial.setFacts(event.currentTarget.value)}
      />
      <Answers trial={trial} flow={flow} />
      {result && (
        <section aria-label={words.diary}>
          <h4>{words.diary}</h4>
          <DiaryLines lines={result.lines} steps={flow.steps} />
        </section>
      )}
    </div>
  );
}

function Reply({ onReply }: { onReply: (text: string | null) => void }) {
  const [text, setText] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!text.trim()) return;
    onReply(text);
    setText("");
  };
  return (
    <form className={phone.reply} onSubmit={submit}>
      <TextInput
        aria-label={words.reply}
        placeholder={words.reply}
        maxLength={1600}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" disabled={!text.trim()}>
        {words.send}
      </Button>
      <Button variant="default" onClick={() => onReply(null)}>
        {words.silent}
      </Button>
    </form>
  );
}

function Who({ contact, onChoose }: { contact: Contact | null; onChoose: (one: Contact | null) => void }) {
  const [typed, setTyped] = useState("");
  const [wanted] = useDebouncedValue(typed.trim(), 200);
  const found = useQuery({
    queryKey: ["contacts", "reader", wanted],
    queryFn: () => findContacts(wanted),
    enabled: wanted.length > 1,
  });
  const people = typed.trim().length > 1 ? (found.data?.items.slice(0, 6) ?? []) : [];
  return (
    <div>
      <p className={css.who}>
        {words.with}: <b>{contact ? nameOf(contact.name, contact.phones[0] ?? "") : words.sample}</b>
        {contact && (
          <Button size="compact-xs" variant="default" onClick={() => onChoose(null)}>
            {words.sample}
          </Button>
        )}
      </p>
      <FindList
        label={words.search}
        typed={typed}
        onTyped={setTyped}
        rows={people.map((one) => ({
          id: one.id,
          label: nameOf(one.name, one.phones[0] ?? ""),
          detail: one.phones.map(phoneOf).join(", "),
        }))}
        onChoose={(id) => {
          onChoose(people.find((one) => one.id === id) ?? null);
          setTyped("");
        }}
      >
        {found.isError && <p className={css.hint}>{sentenceOf(found.error)}</p>}
        {found.data && wanted.length > 1 && typed.trim() === wanted && (
          <p className={css.hint}>{words.nobody}</p>
        )}
      </FindList>
    </div>
  );
}

const STATUSES = ["200", "201", "400", "404", "500"];
const PLAIN: GivenAnswer = { status: 200, body: null };

/** What each call is answered, in the order they are made; one more than were made can be said beforehand. */
function Answers({ trial, flow }: { trial: Trial; flow: Definition }) {
  if (!Object.values(flow.steps).some((step) => step.kind === "call")) return null;
  const made = trial.result?.lines.filter((line) => line.kind === "call").length ?? 0;
  const count = Math.max(1, made, trial.answers.length);
  const all = Array.from({ length: count }, (_, place) => trial.answers[place] ?? PLAIN);
  const replace = (place: number, part: GivenAnswer) =>
    trial.setAnswers(all.map((one, at) => (at === place ? { ...one, ...part } : one)));
  return (
    <fieldset className={css.group}>
      <legend>{words.answers}</legend>
      {all.map((answer, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an answer is its place
        <div key={place} className={css.card}>
          <NativeSelect
            label={words.answerStatus(place + 1)}
            data={[...STATUSES, { value: "", label: words.nothingAnswers }]}
            value={answer.status === null ? "" : String(answer.status ?? 200)}
            onChange={(event) =>
              replace(place, { status: event.currentTarget.value ? Number(event.currentTarget.value) : null })
            }
          />
          <Body place={place} answer={answer} onBody={(body) => replace(place, { body })} />
        </div>
      ))}
    </fieldset>
  );
}

interface BodyProps {
  place: number;
  answer: GivenAnswer;
  onBody: (body: unknown) => void;
}

function Body({ place, answer, onBody }: BodyProps) {
  const [text, setText] = useState(answer.body == null ? "" : JSON.stringify(answer.body));
  const [wrong, setWrong] = useState(false);
  const read = (typed: string) => {
    setText(typed);
    try {
      onBody(JSON.parse(typed || "null"));
      setWrong(false);
    } catch {
      setWrong(true);
    }
  };
  return (
    <TextInput
      label={words.answerBody(place + 1)}
      placeholder='{"total": 12}'
      spellCheck={false}
      classNames={{ input: css.code }}
      value={text}
      error={wrong ? words.bodyWrong : undefined}
      onChange={(event) => read(event.currentTarget.value)}
    />
  );
}
