/** Findings of a check: green with the evidence, red with the way to mend it, open with the step to take. */
import type { Check } from "../api/types";
import { Icon, type IconName } from "../blocks/Icon";
import { accountWords as words } from "../words/settings";
import { CopyLine } from "./CopyLine";
import css from "./settings.module.css";

const LOOKS: Record<string, { icon: IconName; word: string }> = {
  true: { icon: "check", word: words.okay },
  false: { icon: "warn", word: words.notOkay },
  null: { icon: "why", word: words.openStep },
};

export function CheckList({ checks }: { checks: readonly Check[] }) {
  return (
    <ul className={css.checkList} aria-live="polite">
      {checks.map((check) => {
        const look = LOOKS[String(check.ok)];
        return (
          <li key={check.name} data-ok={String(check.ok)}>
            <span className={css.checkMark}>
              <Icon name={look?.icon ?? "warn"} />
              <span className="ab-visually-hidden">{look?.word}</span>
            </span>
            <div>
              <b>{check.name}</b>
              <p>{check.evidence}</p>
              {check.ok !== true && check.fix && <p className={css.fix}>{check.fix}</p>}
              {check.entries?.map((entry) => (
                <CopyLine key={entry.field} label={entry.field} text={entry.value} />
              ))}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
