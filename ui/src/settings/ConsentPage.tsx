/** Consent in and out as files: what could not be taken in is named line by line. */
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { exportConsentPath, importConsent } from "../api/consent-calls";
import type { Brand, ImportedConsent, LineProblem } from "../api/schema.gen";
import type { SmsNumber } from "../api/settings-types";
import { DropFile } from "../blocks/DropFile";
import { ErrorFace, LoadingFace } from "../blocks/Faces";
import { type Column, PageHead, Table } from "../blocks/Rows";
import { Notice } from "../blocks/Small";
import { phoneOf } from "../words/common";
import { consentFiles as words } from "../words/consent";
import { settings } from "../words/settings";
import css from "./settings.module.css";
import { useRows } from "./useRows";

export default function ConsentPage() {
  const [scope, setScope] = useState("");
  const [day, setDay] = useState("");
  const [reading, setReading] = useState<string | null>(null);
  const [told, setTold] = useState<ImportedConsent | null>(null);
  const [error, setError] = useState<unknown>(null);
  const queries = useQueryClient();
  const take = async (file: File) => {
    setReading(file.name);
    setTold(null);
    setError(null);
    const [kind, id = null] = scope.split(" ");
    try {
      const where = {
        number_id: kind === "number" ? id : null,
        brand_id: kind === "brand" ? id : null,
        at: day ? `${day}T00:00:00Z` : null,
      };
      setTold(await importConsent(file, where));
      await queries.invalidateQueries({ queryKey: ["contact"] });
    } catch (problem) {
      setError(problem);
    } finally {
      setReading(null);
    }
  };
  return (
    <>
      <PageHead title={settings.pages.consent ?? ""} about={settings.about.consent}>
        <Button component="a" href={exportConsentPath} download variant="default" title={words.exportHint}>
          {words.export}
        </Button>
      </PageHead>
      <section className={css.form} style={{ maxWidth: 640 }} aria-label={words.import}>
        <h3>{words.import}</h3>
        <p>{words.importHint}</p>
        <Scope value={scope} onChange={setScope} />
        <TextInput
          type="date"
          label={words.at}
          description={words.atHint}
          value={day}
          classNames={{ wrapper: css.narrow }}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <DropFile
          label={words.drop}
          hint={words.dropHint}
          accept=".csv,text/csv"
          onFile={(file) => void take(file)}
        />
        {reading && <LoadingFace lines={1} />}
        {error !== null && <ErrorFace title={words.failed} error={error} />}
        {told && <Told told={told} />}
      </section>
    </>
  );
}

function Scope({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const numbers = useRows<SmsNumber>("numbers");
  const brands = useRows<Brand>("brands");
  return (
    <NativeSelect
      label={words.about}
      data={[
        { value: "", label: words.everything },
        ...(brands.data ?? []).map((one) => ({ value: `brand ${one.id}`, label: words.brand(one.name) })),
        ...(numbers.data ?? []).map((one) => ({ value: `number ${one.id}`, label: phoneOf(one.address) })),
      ]}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

const COLUMNS: readonly Column<LineProblem & { id: number }>[] = [
  { title: words.columns.line, cell: (one) => one.line, figure: true },
  { title: words.columns.field, cell: (one) => one.field },
  { title: words.columns.problem, cell: (one) => one.problem },
  { title: words.columns.wayOut, cell: (one) => one.way_out },
];

function Told({ told }: { told: ImportedConsent }) {
  return (
    <div role="status">
      <Notice tone={told.bad > 0 ? "warn" : "good"} icon={told.bad > 0 ? "warn" : "check"}>
        <p>{words.recorded(told.recorded)}</p>
        {told.bad > 0 && <p>{words.bad(told.bad)}</p>}
      </Notice>
      {told.problems.length > 0 && (
        <Table rows={told.problems.map((one, id) => ({ ...one, id }))} columns={COLUMNS} />
      )}
    </div>
  );
}
