/** What the columns of a file are, beside its first lines; then it is read. */
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { beginImport } from "../../api/audience-calls";
import type { Audience, Layout } from "../../api/schema.gen";
import rows from "../../blocks/rows.module.css";
import { FailedNotice, Notice } from "../../blocks/Small";
import { importWords as words } from "../../words/audiences";
import css from "../outreach.module.css";
import { PAGE } from "./AudiencesPage";
import { choiceOf, lackOf, type Meaning, meaningsOf, SLOT, withMeaning } from "./columns";

const REGIONS = Object.entries(words.regions).map(([value, label]) => ({ value, label }));
const USES = Object.entries(words.uses).map(([value, label]) => ({ value, label }));

export function Mapping({ audience, layout }: { audience: Audience; layout: Layout }) {
  const [means, setMeans] = useState(() => meaningsOf(layout));
  const [region, setRegion] = useState("US");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const queries = useQueryClient();
  const lack = lackOf(means);
  const begin = async () => {
    setBusy(true);
    setError(null);
    try {
      await beginImport(audience.id, choiceOf(means, region));
      await queries.invalidateQueries({ queryKey: ["settings", PAGE] });
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className={css.form} aria-labelledby="mapping">
      <h3 id="mapping">{words.mapTitle}</h3>
      <p className={css.hint}>{words.mapHint}</p>
      <MappingTable
        layout={layout}
        means={means}
        onMeaning={(place, part) => setMeans((held) => withMeaning(held, place, part))}
      />
      <NativeSelect
        className={css.short}
        label={words.region}
        description={words.regionHint}
        data={REGIONS}
        value={region}
        onChange={(event) => setRegion(event.currentTarget.value)}
      />
      <p className={css.hint}>{words.readAs(layout.encoding, layout.separator, layout.heading)}</p>
      {lack && (
        <Notice tone="warn" icon="warn">
          {words.lacks[lack]}
        </Notice>
      )}
      <FailedNotice what={words.beginFailed} error={error} />
      <footer className={css.foot}>
        <Button className={css.push} loading={busy} disabled={lack !== null} onClick={() => void begin()}>
          {words.begin}
        </Button>
      </footer>
    </section>
  );
}

interface TableProps {
  layout: Layout;
  means: readonly Meaning[];
  onMeaning: (place: number, part: Partial<Meaning>) => void;
}

function MappingTable({ layout, means, onMeaning }: TableProps) {
  return (
    <div className={rows.tableBox}>
      <table className={`${rows.table} ${css.mapping}`}>
        <thead>
          <tr>
            <th scope="col">{words.column}</th>
            <th scope="col">{words.use}</th>
            <th scope="col">{words.slot}</th>
            <th scope="col">{words.firstRows}</th>
          </tr>
        </thead>
        <tbody>
          {means.map(({ use, slot }, place) => {
            const name = layout.columns[place]?.name ?? "";
            const samples = layout.rows.slice(0, 3).map((row) => row[place]);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place; names may stand twice
              <tr key={place}>
                <th scope="row">{name}</th>
                <td>
                  <NativeSelect
                    aria-label={words.meaningOf(name)}
                    data={USES}
                    value={use}
                    onChange={(event) =>
                      onMeaning(place, { use: event.currentTarget.value as Meaning["use"] })
                    }
                  />
                </td>
                <td>
                  {use === "value" && (
                    <TextInput
                      aria-label={words.slotOf(name)}
                      maxLength={50}
                      value={slot}
                      error={!SLOT.test(slot)}
                      onChange={(event) => onMeaning(place, { slot: event.currentTarget.value })}
                    />
                  )}
                </td>
                <td className={css.hint}>{samples.filter(Boolean).join(" · ")}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
