/** Findings of a check: green with the evidence, red with the way to mend it. */
import type { Check } from "../api/types";
import { Icon } from "../blocks/Icon";
import { accountWords as words } from "../words/settings";
import css from "./settings.module.css";

export function CheckList({ checks }: { checks: readonly Check[] }) {
  return (
    <ul className={css.checkList} aria-live="polite">
      {checks.map((check) => (
        <li key={check.name} data-ok={check.ok}>
          <span className={css.checkMark}>
            <Icon name={check.ok ? "check" : "warn"} />
            <span className="ab-visually-hidden">{check.ok ? words.okay : words.notOkay}</span>
          </span>
          <div>
            <b>{check.name}</b>
            <p>{check.evidence}</p>
            {!check.ok && check.fix && <p className={css.fix}>{check.fix}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}
