/** One outbound configuration: switching it, how to order with it, and what became of what was ordered. */
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { OutboundConfiguration } from "../../api/schema.gen";
import { changeRow } from "../../api/settings-calls";
import { PageHead } from "../../blocks/Rows";
import { say, sayFailed } from "../../blocks/toasts";
import type { Known } from "../../flows/useKnown";
import { useLive } from "../../live/useLive";
import { CopyLine } from "../../settings/CopyLine";
import { RowForm } from "../../settings/RowForm";
import { useRowNavigation } from "../../settings/useRows";
import { common } from "../../words/common";
import { outboundWords as words } from "../../words/outbound";
import { templateWords } from "../../words/outreach";
import css from "../outreach.module.css";
import { ConfigurationTag, fieldsOf, numbersOf, PAGE } from "./ConfigurationsPage";
import { Example } from "./Example";
import { RecentTexts } from "./RecentTexts";

export function ConfigurationPage({
  configuration,
  known,
}: {
  configuration: OutboundConfiguration;
  known: Known;
}) {
  const [editing, setEditing] = useState(false);
  const go = useRowNavigation(PAGE, "outreach");
  const queries = useQueryClient();
  const administrator = useLive((live) => live.me.role === "administrator");
  const { id, name, active } = configuration;
  const turn = async () => {
    try {
      await changeRow(PAGE, id, { active: !active });
      await queries.invalidateQueries({ queryKey: ["settings", PAGE] });
      say(active ? words.switchedOff : words.switchedOn);
    } catch (error) {
      sayFailed(words.switchFailed, error);
    }
  };
  const about = [
    known.names.templates[configuration.template_id],
    templateWords.purposes[configuration.purpose],
    numbersOf(configuration, known.numbers),
    configuration.show_in_timeline ? words.timelineYes : words.timelineNo,
  ];
  return (
    <>
      <PageHead
        title={name}
        about={about.filter(Boolean).join(" · ")}
        mark={<ConfigurationTag configuration={configuration} />}
        back={{ to: `/outreach/${PAGE}`, label: words.title }}
      >
        <Button variant="default" onClick={() => void turn()}>
          {active ? words.switchOff : words.switchOn}
        </Button>
        <Button variant="default" onClick={() => setEditing(true)}>
          {common.edit}
        </Button>
      </PageHead>
      <section className={css.section} aria-labelledby="order">
        <h3 id="order">{words.order}</h3>
        <p className={css.hint}>
          {words.orderHint}
          {administrator && (
            <>
              {" "}
              <Link to="/settings/$page" params={{ page: "tokens" }}>
                {words.tokens}
              </Link>
            </>
          )}
        </p>
        <CopyLine label={words.id} text={String(id)} />
        <Example
          configurationId={id}
          template={known.templates.find((one) => one.id === configuration.template_id)}
        />
      </section>
      <RecentTexts configurationId={id} />
      {editing && (
        <RowForm<OutboundConfiguration>
          resource={PAGE}
          title={name}
          fields={fieldsOf(known)}
          row={configuration}
          onClose={() => setEditing(false)}
          onDone={(saved) => (saved ? setEditing(false) : go.close())}
        />
      )}
    </>
  );
}
