/** A new saved filter: what contacts must have, and how many do now. */
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { createFilter } from "../../api/audience-calls";
import { Icon } from "../../blocks/Icon";
import { FailedNotice } from "../../blocks/Small";
import { say } from "../../blocks/toasts";
import { useRowNavigation } from "../../settings/useRows";
import { filterWords as words } from "../../words/audience-filter";
import css from "../outreach.module.css";
import { PAGE } from "./AudiencesPage";
import { ConditionRow } from "./ConditionRow";
import { FilterCount } from "./FilterCount";
import { filterOf, type Held, newHeld } from "./filter";
import { useCampaigns } from "./useCampaigns";

const MOST = 20;

export function FilterForm({ name }: { name: string }) {
  const [held, setHeld] = useState<readonly Held[]>(() => [newHeld(1)]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const campaigns = useCampaigns();
  const queries = useQueryClient();
  const go = useRowNavigation(PAGE, "outreach");
  const filter = filterOf(held);
  const change = (key: number, part: Partial<Held>) =>
    setHeld((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const save = async () => {
    if (filter === null) return;
    setBusy(true);
    setError(null);
    try {
      const made = await createFilter(name.trim(), filter);
      await queries.invalidateQueries({ queryKey: ["settings", PAGE] });
      say(words.saved);
      go.open(made.id);
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <section className={css.form} aria-label={words.conditions}>
      <p className={css.hint}>{words.hint}</p>
      <ul className={css.conditions}>
        {held.map((one, at) => (
          <ConditionRow
            key={one.key}
            held={one}
            place={at + 1}
            campaigns={campaigns}
            onChange={(part) => change(one.key, part)}
            onRemove={() => setHeld(held.filter(({ key }) => key !== one.key))}
          />
        ))}
      </ul>
      {held.length === 0 && <p className={css.hint}>{words.everybody}</p>}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Icon name="plus" size={12} />}
          disabled={held.length >= MOST}
          onClick={() => setHeld([...held, newHeld(Math.max(0, ...held.map(({ key }) => key)) + 1)])}
        >
          {words.add}
        </Button>
      </div>
      <FilterCount filter={filter} />
      <FailedNotice what={words.saveFailed} error={error} />
      <footer className={css.foot}>
        <Button
          className={css.push}
          loading={busy}
          disabled={filter === null || !name.trim()}
          title={name.trim() ? undefined : words.nameNeeded}
          onClick={() => void save()}
        >
          {words.save}
        </Button>
      </footer>
    </section>
  );
}
