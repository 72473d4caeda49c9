/** What the template said before, with who wrote and who decided. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { templateVersions } from "../../api/outreach-calls";
import type { MessageTemplate, TemplateVersion } from "../../api/schema.gen";
import { ErrorFace, LoadingFace } from "../../blocks/Faces";
import { Tag, type Tone } from "../../blocks/Small";
import { Ago } from "../../blocks/Times";
import { useLive } from "../../live/useLive";
import { languageOf } from "../../words/automation";
import { templateWords as words } from "../../words/outreach";
import css from "./editor.module.css";

const TONES: Record<string, Tone> = { approved: "good", draft: "warn", rejected: "bad" };

export function Versions({ template }: { template: MessageTemplate }) {
  const [open, setOpen] = useState(false);
  return (
    <details className={css.section} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.versions}</summary>
      {open && <List id={template.id} />}
    </details>
  );
}

function List({ id }: { id: number }) {
  const versions = useQuery({ queryKey: ["template", id, "versions"], queryFn: () => templateVersions(id) });
  if (versions.isPending) return <LoadingFace lines={3} />;
  if (versions.isError) {
    const retry = () => void versions.refetch();
    return <ErrorFace title={words.versionsFailed} error={versions.error} onRetry={retry} />;
  }
  return (
    <ol className={css.versions}>
      {versions.data.map((version) => (
        <Version key={version.version} version={version} />
      ))}
    </ol>
  );
}

function Version({ version }: { version: TemplateVersion }) {
  const agents = useLive((live) => live.agents);
  const me = useLive((live) => live.me);
  const nameOf = (id: number | null) =>
    id === me.id ? me.name : (id !== null && agents[id]?.name) || words.somebody;
  return (
    <li>
      <header>
        <b>{words.version(version.version)}</b>
        <Tag tone={TONES[version.state] ?? "plain"}>{words.versionStates[version.state]}</Tag>
        <small>
          {words.writtenBy(nameOf(version.written_by))} <Ago at={version.written_at} />
          {version.decided_at && (
            <>
              , {words.decidedBy(nameOf(version.decided_by))} <Ago at={version.decided_at} />
            </>
          )}
        </small>
      </header>
      {version.reason && <p>{version.reason}</p>}
      <dl>
        {Object.entries(version.texts).map(([locale, text]) => (
          <div key={locale}>
            <dt>{languageOf(locale)}</dt>
            <dd lang={locale} dir="auto">
              {text}
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
