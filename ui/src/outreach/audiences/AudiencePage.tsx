/** One audience: its columns while they are to be named, how far its file is read, what was wrong, and who is in it. */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { audienceMembers, audienceProblems, problemsUrl } from "../../api/audience-calls";
import type { Audience, AudienceMember, AudienceProblem, Filter } from "../../api/schema.gen";
import { EmptyFace } from "../../blocks/Faces";
import { PagedTable } from "../../blocks/PagedTable";
import { type Column, PageHead } from "../../blocks/Rows";
import type { Field } from "../../settings/fields";
import { RowForm } from "../../settings/RowForm";
import { useRowNavigation } from "../../settings/useRows";
import { importWords, audienceWords as words } from "../../words/audiences";
import { languageOf } from "../../words/automation";
import { phoneOf } from "../../words/common";
import css from "../outreach.module.css";
import { AudienceTag, PAGE } from "./AudiencesPage";
import { FilterCount } from "./FilterCount";
import { sayCondition } from "./filter";
import { Mapping } from "./Mapping";
import { Reading } from "./Reading";
import { useCampaigns } from "./useCampaigns";

const FIELDS: Field[] = [
  { name: "name", label: words.name, kind: "text", required: true },
  { name: "archived", label: words.archive, kind: "switch" },
];

export function AudiencePage({ audience }: { audience: Audience }) {
  const { id, name, kind, state, layout, filter, archived } = audience;
  const [editing, setEditing] = useState(false);
  const go = useRowNavigation(PAGE, "outreach");
  const hasMembers = kind === "list" && state !== "uploaded";
  const found = audience.problems + audience.duplicates + audience.notes;
  return (
    <>
      <PageHead
        title={name}
        about={[words.kinds[kind], hasMembers && words.members(audience.members)].filter(Boolean).join(" · ")}
        mark={<AudienceTag audience={audience} />}
        back={{ to: `/outreach/${PAGE}`, label: words.title }}
      >
        <Button variant="default" onClick={() => setEditing(true)}>
          {words.edit}
        </Button>
        {state === "ready" && !archived && (
          <Button
            renderRoot={(props) => (
              <Link
                {...props}
                to="/outreach/$page/$rowId"
                params={{ page: "campaigns", rowId: "new" }}
                search={{ audience: id }}
              />
            )}
          >
            {words.use}
          </Button>
        )}
      </PageHead>
      {state === "uploaded" && layout && <Mapping audience={audience} layout={layout} />}
      {hasMembers && <Reading audience={audience} />}
      {filter && <Conditions filter={filter} />}
      {found > 0 && state !== "importing" && <Problems audience={audience} found={found} />}
      {state === "ready" && <Members audience={audience} />}
      {editing && (
        <RowForm<Audience>
          resource={PAGE}
          title={words.editTitle(name)}
          fields={FIELDS}
          row={audience}
          onClose={() => setEditing(false)}
          onDone={(saved) => (saved ? setEditing(false) : go.close())}
        />
      )}
    </>
  );
}

function Conditions({ filter }: { filter: Filter }) {
  const names = Object.fromEntries(useCampaigns().map(({ value, label }) => [value, label]));
  return (
    <section className={css.form} aria-label={words.kinds.filter}>
      <ul className={css.said}>
        {filter.all_of.map((condition) => (
          <li key={JSON.stringify(condition)}>{sayCondition(condition, names)}</li>
        ))}
      </ul>
      <FilterCount filter={filter} />
    </section>
  );
}

const PROBLEM_COLUMNS: Column<AudienceProblem>[] = [
  { title: importWords.problemColumns.line, cell: (one) => one.line.toLocaleString(), figure: true },
  { title: importWords.problemColumns.kind, cell: (one) => importWords.kinds[one.kind], tight: true },
  { title: importWords.problemColumns.column, cell: (one) => one.column },
  { title: importWords.problemColumns.value, cell: (one) => <code className={css.value}>{one.value}</code> },
  { title: importWords.problemColumns.sentence, cell: (one) => one.sentence },
];

function Problems({ audience, found }: { audience: Audience; found: number }) {
  return (
    <section className={css.section} aria-labelledby="problems">
      <div className={css.bar}>
        <h3 id="problems">{importWords.problems}</h3>
        <Button component="a" href={problemsUrl(audience.id)} download size="compact-sm" variant="default">
          {importWords.download}
        </Button>
      </div>
      <p className={css.hint}>{importWords.problemsHint}</p>
      <PagedTable
        name={["audience", audience.id, "problems", found]}
        read={(cursor) => audienceProblems(audience.id, cursor)}
        columns={PROBLEM_COLUMNS}
        failed={importWords.problemsFailed}
      >
        <p>{importWords.noProblems}</p>
      </PagedTable>
    </section>
  );
}

const MEMBER_COLUMNS: Column<AudienceMember & { id: number }>[] = [
  { title: importWords.memberColumns.phone, cell: (one) => phoneOf(one.phone), tight: true },
  { title: importWords.memberColumns.language, cell: (one) => one.locale && languageOf(one.locale) },
  {
    title: importWords.memberColumns.values,
    cell: (one) =>
      Object.entries(one.values)
        .map(([name, value]) => `${name}: ${value}`)
        .join(" · "),
  },
];

function Members({ audience }: { audience: Audience }) {
  return (
    <section className={css.section} aria-labelledby="members">
      <h3 id="members">{importWords.membersTitle}</h3>
      <PagedTable
        name={["audience", audience.id, "members"]}
        read={(cursor) => audienceMembers(audience.id, cursor)}
        columns={MEMBER_COLUMNS}
        failed={importWords.membersFailed}
      >
        <EmptyFace icon="contacts" title={importWords.membersEmpty} />
      </PagedTable>
    </section>
  );
}
