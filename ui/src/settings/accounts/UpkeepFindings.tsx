/** What the last look at an account found: of the account, then of each number. */
import type { SmsNumber, Upkeep } from "../../api/settings-types";
import { Ago } from "../../blocks/Times";
import { phoneOf } from "../../words/common";
import { accountWords as words } from "../../words/settings";
import { CheckList } from "../CheckList";
import { useRows } from "../useRows";
import own from "./accounts.module.css";

export function UpkeepFindings({ upkeep }: { upkeep: Upkeep }) {
  const numbers = useRows<SmsNumber>("numbers");
  const nameOf = (id: number | null) => phoneOf(numbers.data?.find((one) => one.id === id)?.address ?? "");
  return (
    <>
      <CheckList checks={upkeep.checks} />
      {upkeep.numbers.map((one) => (
        <section key={one.number_id} className={own.found} aria-label={nameOf(one.number_id)}>
          <h4 className="ab-tabular">{nameOf(one.number_id)}</h4>
          <CheckList checks={one.checks} />
        </section>
      ))}
      {upkeep.checked_at && (
        <p className={own.quiet}>
          {words.lookedAt} <Ago at={upkeep.checked_at} />. {words.daily}
        </p>
      )}
    </>
  );
}
