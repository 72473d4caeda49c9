/** How the text reads on a phone: with the samples as it is typed, or as one contact would get it. */
import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { findContacts } from "../../api/calls";
import { sentenceOf } from "../../api/client";
import { previewTemplate } from "../../api/outreach-calls";
import type { MessageTemplate } from "../../api/schema.gen";
import type { Contact } from "../../api/types";
import { FindList } from "../../blocks/FindList";
import { Notice } from "../../blocks/Small";
import { countParts, type Encoding } from "../../text/parts";
import { languageOf } from "../../words/automation";
import { common, nameOf, phoneOf } from "../../words/common";
import { templateWords as words } from "../../words/outreach";
import css from "./editor.module.css";
import { BUILT_IN, type Form, sampleOf } from "./form";

interface Props {
  template: MessageTemplate | null;
  form: Form;
  locale: string;
  dirty: boolean;
}

export function Preview({ template, form, locale, dirty }: Props) {
  const [contact, setContact] = useState<Contact | null>(null);
  const sample = sampleOf(form, locale);
  const cost = countParts(sample);
  return (
    <aside className={css.preview} aria-label={words.preview}>
      <h3>{words.preview}</h3>
      {contact && template ? (
        <AsContact template={template} contact={contact} dirty={dirty} />
      ) : (
        <Phone locale={locale} parts={cost.parts} encoding={cost.encoding}>
          {sample}
        </Phone>
      )}
      <div className={css.reader}>
        <span>
          {words.previewFor}:{" "}
          <b>{contact ? nameOf(contact.name, contact.phones[0] ?? "") : words.previewSamples}</b>
        </span>
        {contact && (
          <Button size="compact-xs" variant="default" onClick={() => setContact(null)}>
            {words.previewSamples}
          </Button>
        )}
      </div>
      {template ? <Readers onChoose={setContact} /> : <p className={css.hint}>{words.previewSaveFirst}</p>}
    </aside>
  );
}

interface PhoneProps {
  locale: string;
  parts: number;
  encoding: Encoding;
  children: string;
}

function Phone({ locale, parts, encoding, children }: PhoneProps) {
  return (
    <figure className={css.phone}>
      <div className={css.glass}>
        {children ? (
          <p className={css.bubble} lang={locale} dir="auto" data-bubble>
            {children}
          </p>
        ) : (
          <p className={css.hint}>{words.previewEmpty}</p>
        )}
      </div>
      <figcaption>
        {words.previewIn(languageOf(locale))} · {words.parts(parts)} · {words.encodings[encoding]}
      </figcaption>
    </figure>
  );
}

function AsContact({
  template,
  contact,
  dirty,
}: {
  template: MessageTemplate;
  contact: Contact;
  dirty: boolean;
}) {
  const shown = useQuery({
    queryKey: ["template", template.id, "preview", contact.id, template.draft?.written_at ?? ""],
    queryFn: async () => (await previewTemplate(template.id, { contact_ids: [contact.id] }))[0],
  });
  const text = shown.data;
  let face: ReactNode = <p className={css.hint}>{common.loading}</p>;
  if (shown.isError) {
    face = (
      <Notice tone="bad" icon="warn">
        {words.previewFailed}. {sentenceOf(shown.error)}
      </Notice>
    );
  } else if (text?.body) {
    face = (
      <Phone locale={text.locale} parts={text.parts} encoding={text.encoding as Encoding}>
        {text.body}
      </Phone>
    );
  } else if (text) {
    face = (
      <Notice tone="bad" icon="warn">
        {text.problems.map(({ slot, problem, way_out }) => (
          <p key={slot}>
            {slot} {problem}. {way_out}
          </p>
        ))}
        {text.problems.some(({ slot }) => slot in BUILT_IN && !slot.startsWith("Customer")) &&
          words.previewHint}
      </Notice>
    );
  }
  return (
    <div aria-live="polite">
      {dirty && <p className={css.stale}>{words.previewStale}</p>}
      {face}
    </div>
  );
}

function Readers({ onChoose }: { onChoose: (contact: Contact) => void }) {
  const [typed, setTyped] = useState("");
  const [wanted] = useDebouncedValue(typed.trim(), 200);
  const found = useQuery({
    queryKey: ["contacts", "reader", wanted],
    queryFn: () => findContacts(wanted),
    enabled: wanted.length > 1,
  });
  const people = typed.trim().length > 1 ? (found.data?.items.slice(0, 6) ?? []) : [];
  return (
    <FindList
      label={words.previewSearch}
      typed={typed}
      onTyped={setTyped}
      rows={people.map((one) => ({
        id: one.id,
        label: nameOf(one.name, one.phones[0] ?? ""),
        detail: [...one.phones.map(phoneOf), one.language && languageOf(one.language)]
          .filter(Boolean)
          .join(", "),
      }))}
      onChoose={(id) => {
        const one = people.find((person) => person.id === id);
        if (one) onChoose(one);
        setTyped("");
      }}
    >
      {found.isError && <p className={css.hint}>{sentenceOf(found.error)}</p>}
      {found.data && wanted.length > 1 && typed.trim() === wanted && (
        <p className={css.hint}>{words.previewNothing}</p>
      )}
    </FindList>
  );
}
