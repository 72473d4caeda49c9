/** What a customer agreed to: where they stand for each purpose, every word they said with its proof, and recording more. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { blockPhone, evidencePath, readStates, unblockPhone } from "../../api/consent-calls";
import type { ConsentEntry, Contact } from "../../api/types";
import type { IconName } from "../../blocks/Icon";
import { Tag, type Tone } from "../../blocks/Small";
import { ClockTime } from "../../blocks/Times";
import { sayFailed } from "../../blocks/toasts";
import { useLive } from "../../live/useLive";
import { dayOf } from "../../time/format";
import { useHalfMinute } from "../../time/useNow";
import { phoneOf } from "../../words/common";
import { consentWords as words } from "../../words/consent";
import { useReadAgain } from "./CustomerCard";
import css from "./card.module.css";

const AskConsent = lazy(() => import("./AskConsent"));
const RecordConsent = lazy(() => import("./RecordConsent"));

interface Props {
  contact: Contact;
  phone: string;
  number: { id: number; address: string } | null;
}

const LOOKS: Record<string, [Tone, IconName]> = {
  in: ["good", "check"],
  out: ["bad", "block"],
  pending: ["warn", "clock"],
  none: ["plain", "why"],
};

export function Consent({ contact, phone, number }: Props) {
  const [asking, setAsking] = useState<"opt_in" | "opt_out" | "ask" | null>(null);
  const mayRecord = useLive((state) => state.me.permissions.includes("record_consent"));
  const mayExport = useLive((state) => state.me.permissions.includes("export_contacts"));
  const entries = contact.consent ?? [];
  return (
    <section className={css.section} aria-label={words.title}>
      <h3>{words.title}</h3>
      {number && phone && <States phone={phone} number={number} mark={entries[0]?.id ?? 0} />}
      {entries.length === 0 ? <p>{words.noEntries}</p> : <Entries entries={entries} />}
      {mayRecord && phone && (
        <div className={css.acts}>
          <Button size="compact-sm" variant="default" onClick={() => setAsking("opt_in")}>
            {words.recordIn}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setAsking("opt_out")}>
            {words.recordOut}
          </Button>
          {number && (
            <Button
              size="compact-sm"
              variant="default"
              title={words.askHint}
              onClick={() => setAsking("ask")}
            >
              {words.ask}
            </Button>
          )}
        </div>
      )}
      <div className={css.acts}>
        {mayExport && phone && (
          <Button
            component="a"
            href={evidencePath(phone)}
            download
            size="compact-sm"
            variant="subtle"
            title={words.evidenceHint}
          >
            {words.evidence}
          </Button>
        )}
        <Blocking contact={contact} phone={phone} />
      </div>
      <Suspense fallback={null}>
        {asking === "ask" && number && (
          <AskConsent contactId={contact.id} phone={phone} number={number} onClose={() => setAsking(null)} />
        )}
        {(asking === "opt_in" || asking === "opt_out") && (
          <RecordConsent
            contactId={contact.id}
            choice={asking}
            phone={phone}
            number={number}
            onClose={() => setAsking(null)}
          />
        )}
      </Suspense>
    </section>
  );
}

/** The folded ledger, asked of the server: read again when an entry is new. */
function States({
  phone,
  number,
  mark,
}: {
  phone: string;
  number: { id: number; address: string };
  mark: number;
}) {
  const states = useQuery({
    queryKey: ["consent-states", phone, number.id, mark],
    queryFn: () => readStates(phone, number.id),
  });
  if (!states.data) return <p>{states.isError ? words.failed : words.reading}</p>;
  return (
    <dl className={css.states} aria-label={words.towards(phoneOf(number.address))}>
      {states.data.items.map((one, place, all) => {
        const said = one.standing !== "none" && one.sentence !== all[place - 1]?.sentence;
        const [tone, icon] = LOOKS[one.standing] ?? ["plain", "why"];
        return (
          <div key={one.purpose} title={one.sentence}>
            <dt>{words.purpose[one.purpose]}</dt>
            <dd>
              <Tag tone={tone} icon={icon}>
                {words.standing[one.standing]}
              </Tag>
              {said && <small>{one.sentence}</small>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Entries({ entries }: { entries: ConsentEntry[] }) {
  const now = useHalfMinute();
  return (
    <details className={css.entries}>
      <summary>{words.history(entries.length)}</summary>
      <ol>
        {entries.map((entry) => (
          <li key={entry.id}>
            <b>{words.choice[entry.choice]}</b>{" "}
            {entry.purpose !== "all" && `(${words.purpose[entry.purpose]?.toLowerCase()}) `}
            {entry.number ? phoneOf(entry.number) : (entry.brand ?? words.allNumbers)}, {dayOf(entry.at, now)}{" "}
            <ClockTime at={entry.at} />
            <small>
              {words.source[entry.source] ?? entry.source}
              {entry.user_name && ` · ${entry.user_name}`}
            </small>
            {entry.words && <q>{entry.words}</q>}
            <ProofOf proof={entry.proof} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function ProofOf({ proof }: { proof: Record<string, string> }) {
  const known = Object.entries(proof).filter(([, value]) => value);
  if (known.length === 0) return null;
  return (
    <small>
      {words.proof}:{" "}
      {known.map(([name, value]) =>
        name === "url" && /^https?:\/\//.test(value) ? (
          <a key={name} href={value} target="_blank" rel="noreferrer noopener">
            {value}
          </a>
        ) : (
          <span key={name}>{value} </span>
        ),
      )}
    </small>
  );
}

function Blocking({ contact, phone }: { contact: Contact; phone: string }) {
  const may = useLive((state) => state.me.permissions.includes("block_phones"));
  const [busy, setBusy] = useState(false);
  const readAgain = useReadAgain(contact.id);
  if (!may || !phone) return null;
  const change = async () => {
    setBusy(true);
    try {
      if (contact.blocked)
        await Promise.all(contact.phones.map((one) => unblockPhone(one).catch(() => undefined)));
      else await blockPhone(phone, "");
      await readAgain();
    } catch (error) {
      sayFailed(words.blockFailed, error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      color={contact.blocked ? undefined : "red"}
      loading={busy}
      title={contact.blocked ? undefined : words.blockHint}
      onClick={() => void change()}
    >
      {contact.blocked ? words.unblock : words.block}
    </Button>
  );
}
