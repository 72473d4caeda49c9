/** A contact's facts, on the desk's card and on the contacts screen alike. */
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ConsentEntry, Contact } from "../../api/types";
import { Tag } from "../../blocks/Small";
import { Ago, ClockTime, LocalTime } from "../../blocks/Times";
import { useLive } from "../../live/useLive";
import { dayOf } from "../../time/format";
import { useHalfMinute } from "../../time/useNow";
import { common, phoneOf } from "../../words/common";
import { card as words } from "../../words/desk";
import { Attributes } from "./Attributes";
import { useSaveContact } from "./CustomerCard";
import css from "./card.module.css";
import { Editable } from "./Editable";

interface Props {
  contact: Contact;
  zone: string | null;
  country: string | null;
  openId: number | null;
}

export function ContactFacts({ contact, zone, country, openId }: Props) {
  const save = useSaveContact(contact.id);
  const there = contact.time_zone ?? zone;
  return (
    <div className={css.facts}>
      <Editable
        label={words.name}
        value={contact.name}
        placeholder={words.noName}
        large
        onSave={(name) => save({ name })}
      />
      {contact.blocked && (
        <Tag tone="bad" icon="block">
          {words.blocked}
        </Tag>
      )}
      <dl className={css.pairs}>
        <Pair name={words.phones}>
          {contact.phones.map((phone) => (
            <span key={phone} className="ab-tabular">
              {phoneOf(phone)}
            </span>
          ))}
        </Pair>
        <Pair name={words.localTime}>
          {there ? (
            <>
              <LocalTime zone={there} /> <small>{there.replaceAll("_", " ")}</small>
            </>
          ) : (
            <small>
              {words.unknown}
              {country && ` (${country})`}
            </small>
          )}
        </Pair>
        <Pair name={words.language}>
          <Editable
            label={words.language}
            value={contact.language ?? ""}
            placeholder={words.unknown}
            onSave={(language) => save({ language: language || null })}
          />
        </Pair>
      </dl>
      <Consent entries={contact.consent ?? []} />
      <Attributes attributes={contact.attributes} onSave={(attributes) => save({ attributes })} />
      <History conversations={contact.conversations ?? []} openId={openId} />
    </div>
  );
}

function Pair({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The newest entry counts for each number of ours; older ones are only history. */
function newestEach(entries: ConsentEntry[]): ConsentEntry[] {
  const newest = new Map<number | null, ConsentEntry>();
  for (const entry of entries) {
    const held = newest.get(entry.number_id);
    if (!held || held.at < entry.at) newest.set(entry.number_id, entry);
  }
  return [...newest.values()];
}

function Consent({ entries }: { entries: ConsentEntry[] }) {
  const now = useHalfMinute();
  return (
    <section className={css.section}>
      <h3>{words.consent}</h3>
      {entries.length === 0 && <p>{words.noConsent}</p>}
      {newestEach(entries).map((entry) => (
        <p key={entry.number_id} className={css.consent}>
          <Tag
            tone={entry.choice === "opt_in" ? "good" : "bad"}
            icon={entry.choice === "opt_in" ? "check" : "block"}
          >
            {entry.choice === "opt_in" ? words.optIn : words.optOut}
          </Tag>
          <span>
            {entry.number ? phoneOf(entry.number) : words.allNumbers}, {dayOf(entry.at, now)}{" "}
            <ClockTime at={entry.at} />
            {entry.words && <q>{entry.words}</q>}
          </span>
        </p>
      ))}
    </section>
  );
}

/** What is live on the desk is newer than what was read with the contact. */
function usePast(conversations: NonNullable<Contact["conversations"]>) {
  const live = useLive((state) => state.conversations);
  return conversations
    .map((one) => {
      const now = live[one.id];
      return now
        ? { ...one, state: now.state, last_preview: now.last_preview, closed_at: now.closed_at }
        : one;
    })
    .sort((a, b) => b.id - a.id)
    .slice(0, 20);
}

function History({
  conversations,
  openId,
}: {
  conversations: NonNullable<Contact["conversations"]>;
  openId: number | null;
}) {
  const past = usePast(conversations);
  return (
    <section className={css.section}>
      <h3>
        {words.history} <small>{words.conversations(conversations.length)}</small>
      </h3>
      <ul className={css.history}>
        {past.map((one) => (
          <li key={one.id}>
            <Link
              to="/desk/$conversationId"
              params={{ conversationId: String(one.id) }}
              aria-current={one.id === openId}
            >
              <span className={css.preview}>{one.last_preview || common.state[one.state]}</span>
              <small>
                {common.state[one.state]} · {one.queue} · <Ago at={one.closed_at ?? one.opened_at} />
              </small>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
