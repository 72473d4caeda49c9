/** Contacts: everyone who texted or was added, searched by name or number. */
import { Button, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useRef, useState } from "react";
import { findContacts } from "../api/calls";
import type { Contact } from "../api/types";
import { EmptyFace, ErrorFace, LoadingFace } from "../blocks/Faces";
import { Icon } from "../blocks/Icon";
import { Kbd } from "../blocks/Small";
import { Ago } from "../blocks/Times";
import { ContactFacts } from "../desk/card/ContactFacts";
import { useContact } from "../desk/card/CustomerCard";
import { useKeys } from "../keys/keys";
import { useLive } from "../live/useLive";
import { dayOf } from "../time/format";
import { nameOf, phoneOf } from "../words/common";
import { newText } from "../words/consent";
import { contacts as words } from "../words/contacts";
import { AddContact } from "./AddContact";
import css from "./contacts.module.css";

const Privacy = lazy(() => import("./Privacy"));
const NewText = lazy(() => import("../desk/NewText"));

const PRIVACY: ReadonlySet<string> = new Set(["export_contacts", "hold_contacts", "erase_contacts"]);

export function ContactsScreen() {
  const { contactId } = useParams({ strict: false }) as { contactId?: string };
  const id = contactId && /^\d+$/.test(contactId) ? Number(contactId) : null;
  const [typed, setTyped] = useState("");
  const [adding, setAdding] = useState(false);
  const [wanted] = useDebouncedValue(typed.trim(), 200);
  const field = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  useKeys({ "/": () => field.current?.focus() });
  const open = (next: number) =>
    void navigate({ to: "/contacts/$contactId", params: { contactId: String(next) } });
  return (
    <div className={css.screen} data-open={id !== null}>
      <section className={css.list} aria-label={words.title}>
        <header className={css.head}>
          <h1>{words.title}</h1>
          <Button leftSection={<Icon name="plus" />} variant="default" onClick={() => setAdding(true)}>
            {words.add}
          </Button>
        </header>
        <TextInput
          ref={field}
          className={css.search}
          type="search"
          aria-label={words.search}
          placeholder={words.search}
          leftSection={<Icon name="search" size={14} />}
          rightSection={typed ? null : <Kbd>/</Kbd>}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Found wanted={wanted} openId={id} />
      </section>
      <section className={css.detail} aria-label={words.detail}>
        {id === null ? <EmptyFace icon="contacts" title={words.choose} /> : <Detail key={id} id={id} />}
      </section>
      {adding && <AddContact onClose={() => setAdding(false)} onAdded={open} />}
    </div>
  );
}

function Found({ wanted, openId }: { wanted: string; openId: number | null }) {
  const pages = useInfiniteQuery({
    queryKey: ["contacts", wanted],
    queryFn: ({ pageParam }) => findContacts(wanted, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  if (pages.isPending) return <LoadingFace />;
  if (pages.isError) {
    return <ErrorFace title={words.failed} error={pages.error} onRetry={() => void pages.refetch()} />;
  }
  const rows = pages.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) {
    return (
      <EmptyFace icon="search" title={wanted ? words.nothing : words.empty}>
        {wanted ? words.nothingHint : words.emptyHint}
      </EmptyFace>
    );
  }
  return (
    <ul className={css.rows}>
      {rows.map((contact) => (
        <Item key={contact.id} contact={contact} open={contact.id === openId} />
      ))}
      {pages.hasNextPage && (
        <li className={css.more}>
          <Button
            variant="default"
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {words.more}
          </Button>
        </li>
      )}
    </ul>
  );
}

function Item({ contact, open }: { contact: Contact; open: boolean }) {
  const phone = contact.phones[0] ?? "";
  return (
    <li>
      <Link
        to="/contacts/$contactId"
        params={{ contactId: String(contact.id) }}
        className={css.row}
        aria-current={open || undefined}
      >
        <span className={css.name}>{nameOf(contact.name, phone)}</span>
        <span className={css.when}>
          <Ago at={contact.created_at} />
        </span>
        <span className={css.phones}>
          {contact.name ? contact.phones.map(phoneOf).join(", ") : words.noName}
          {contact.language && ` · ${contact.language}`}
        </span>
      </Link>
    </li>
  );
}

function Detail({ id }: { id: number }) {
  const contact = useContact(id);
  const mayStart = useLive((state) => state.me.permissions.includes("start_conversation"));
  const mayPrivacy = useLive((state) => state.me.permissions.some((one) => PRIVACY.has(one)));
  const [writing, setWriting] = useState(false);
  if (contact.isPending) return <LoadingFace />;
  if (contact.isError) {
    return <ErrorFace title={words.oneFailed} error={contact.error} onRetry={() => void contact.refetch()} />;
  }
  if (contact.data.erased_at) {
    return <EmptyFace icon="block" title={words.erased(dayOf(contact.data.erased_at, Date.now()))} />;
  }
  return (
    <div className={css.facts}>
      <Link to="/contacts" className={css.back}>
        <Icon name="back" size={12} /> {words.title}
      </Link>
      {mayStart && contact.data.phones[0] && (
        <Button variant="default" leftSection={<Icon name="send" />} onClick={() => setWriting(true)}>
          {newText.open}
        </Button>
      )}
      <Suspense fallback={null}>
        {writing && <NewText to={contact.data.phones[0]} onClose={() => setWriting(false)} />}
      </Suspense>
      <h2 className="ab-visually-hidden">{nameOf(contact.data.name, contact.data.phones[0] ?? "")}</h2>
      <ContactFacts contact={contact.data} zone={null} country={null} openId={null} />
      <Suspense fallback={null}>{mayPrivacy && <Privacy contact={contact.data} />}</Suspense>
    </div>
  );
}
