/** What a customer may ask for, on the contact's page: an export, erasure, and the hold that forbids it. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { exportPath, readHolds } from "../api/privacy-calls";
import type { LegalHold } from "../api/schema.gen";
import type { Contact } from "../api/types";
import { Notice } from "../blocks/Small";
import css from "../desk/card/card.module.css";
import { useLive } from "../live/useLive";
import { dayOf } from "../time/format";
import { privacy as words } from "../words/privacy";
import own from "./contacts.module.css";
import EraseContact from "./EraseContact";
import HoldContact from "./HoldContact";

export default function Privacy({ contact }: { contact: Contact }) {
  const may = useLive((state) => state.me.permissions);
  const [open, setOpen] = useState<"hold" | "release" | "erase" | null>(null);
  const mayHold = may.includes("hold_contacts");
  const holds = useQuery({
    queryKey: ["legal-holds", contact.id],
    queryFn: () => readHolds(contact.id),
    enabled: mayHold,
  });
  const standing = holds.data?.find((hold) => hold.released_at === null);
  const close = () => setOpen(null);
  return (
    <section className={`${css.section} ${own.privacy}`} aria-label={words.title}>
      <h3>{words.title}</h3>
      {holds.isError && <p>{words.failed}</p>}
      {standing && <Standing hold={standing} />}
      <Past holds={(holds.data ?? []).filter((hold) => hold.released_at !== null)} />
      <div className={css.acts}>
        {may.includes("export_contacts") && (
          <Button
            component="a"
            href={exportPath(contact.id)}
            download
            size="compact-sm"
            variant="default"
            title={words.exportHint}
          >
            {words.export}
          </Button>
        )}
        {mayHold && holds.data && (
          <Button size="compact-sm" variant="default" onClick={() => setOpen(standing ? "release" : "hold")}>
            {standing ? words.release : words.hold}
          </Button>
        )}
        {may.includes("erase_contacts") && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            disabled={standing !== undefined}
            onClick={() => setOpen("erase")}
          >
            {words.erase}
          </Button>
        )}
      </div>
      {open === "erase" && <EraseContact contact={contact} onClose={close} />}
      {(open === "hold" || open === "release") && (
        <HoldContact contactId={contact.id} release={open === "release"} onClose={close} />
      )}
    </section>
  );
}

function Standing({ hold }: { hold: LegalHold }) {
  return (
    <Notice tone="warn" icon="block">
      <b>{words.holds}</b>
      <p>{hold.reason}</p>
      <small>{words.heldBy(hold.set_by ?? "", dayOf(hold.set_at, Date.now()))}</small>
    </Notice>
  );
}

function Past({ holds }: { holds: LegalHold[] }) {
  if (holds.length === 0) return null;
  return (
    <details className={css.entries}>
      <summary>{words.past(holds.length)}</summary>
      <ol>
        {holds.map((hold) => (
          <li key={hold.id}>
            {hold.reason}
            <small>{words.heldBy(hold.set_by ?? "", dayOf(hold.set_at, Date.now()))}</small>
            <q>{hold.release_reason}</q>
            <small>{words.heldBy(hold.released_by ?? "", dayOf(hold.released_at ?? "", Date.now()))}</small>
          </li>
        ))}
      </ol>
    </details>
  );
}
