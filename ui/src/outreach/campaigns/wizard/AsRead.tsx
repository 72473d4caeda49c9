/** The texts as the first of the audience will read them. */
import { useQuery } from "@tanstack/react-query";
import { audienceMembers } from "../../../api/audience-calls";
import type { AudienceMember, MessageTemplate, TemplateVersion } from "../../../api/schema.gen";
import { FailedNotice, Notice } from "../../../blocks/Small";
import { localeFor } from "../../../text/holes";
import { languageOf } from "../../../words/automation";
import { wizardWords as words } from "../../../words/campaign-wizard";
import { phoneOf } from "../../../words/common";
import css from "../../outreach.module.css";
import { lacksOf, readAs } from "../../templates/form";

const SHOWN = 3;

interface Props {
  audienceId: number | null;
  templates: readonly MessageTemplate[];
}

export function AsRead({ audienceId, templates }: Props) {
  const first = useQuery({
    queryKey: ["audience", audienceId, "first"],
    queryFn: async () => (await audienceMembers(audienceId ?? 0, null, SHOWN)).items,
    enabled: audienceId !== null,
  });
  if (audienceId === null || templates.length === 0) return null;
  return (
    <section className={css.form} aria-labelledby="as-read">
      <h4 id="as-read">{words.asRead}</h4>
      <p className={css.hint}>{first.data?.length === 0 ? words.asReadNobody : words.asReadHint}</p>
      <FailedNotice what={words.asReadFailed} error={first.error} />
      {templates.map(
        ({ id, name, approved }) =>
          approved && (
            <div key={id} className={css.readers}>
              {templates.length > 1 && <p className={css.label}>{name}</p>}
              {first.data?.map((one) => (
                <Read key={one.place} version={approved} member={one} />
              ))}
            </div>
          ),
      )}
    </section>
  );
}

function Read({ version, member }: { version: TemplateVersion; member: AudienceMember }) {
  const { phone, values } = member;
  const locale = localeFor(version.texts, version.default_locale, member.locale);
  const lacks = lacksOf(version, locale, values);
  return (
    <figure className={css.reader}>
      {lacks.length > 0 ? (
        <Notice tone="warn" icon="block">
          {words.asReadLacks(lacks)}
        </Notice>
      ) : (
        <p className={css.bubble} lang={locale} dir="auto" data-bubble>
          {readAs(version, locale, values)}
        </p>
      )}
      <figcaption>{words.asReadTo(phoneOf(phone), languageOf(locale))}</figcaption>
    </figure>
  );
}
