/** A contact's facts, on the desk's card and on the contacts screen alike. */
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Contact } from "../../api/types";
import { Tag } from "../../blocks/Small";
import { Ago, LocalTime } from "../../blocks/Times";
import { useLive } from "../../live/useLive";
import { common, phoneOf } from "../../words/common";
import { card as words } from "../../words/desk";
import { Attributes } from "./Attributes";
import { Consent } from "./Consent";
import { useSaveContact } from "./CustomerCard";
import css from "./card.module.css";
import { Editable } from "./Editable";
import { FlowStart } from "./FlowStart";
import { PhoneCalls } from "./PhoneCalls";

interface Props {
  contact: Contact;
  zone: string | null;
  country: string | null;
  openId: number | null;
  /** Of the open conversation: the customer's phone and our number. */
  phone?: string;
  number?: { id: number; address: string };
}

export function ContactFacts({ contact, zone, country, openId, phone, number }: Props) {
  const first = useLive((state) => state.numbers[0]);
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
      <Consent contact={contact} phone={phone ?? contact.phones[0] ?? ""} number={number ?? first ?? null} />
      <Attributes attributes={contact.attributes} onSave={(attributes) => save({ attributes })} />
      <FlowStart contactId={contact.id} />
      <PhoneCalls calls={contact.calls ?? []} />
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
