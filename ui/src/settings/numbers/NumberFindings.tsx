/** What the last daily look found for one number. */
import { useQuery } from "@tanstack/react-query";
import { readUpkeep } from "../../api/settings-calls";
import type { SmsNumber } from "../../api/settings-types";
import { Ago } from "../../blocks/Times";
import { accountWords as words } from "../../words/settings";
import { CheckList } from "../CheckList";

export function NumberFindings({ number }: { number: SmsNumber }) {
  const upkeep = useQuery({
    queryKey: ["upkeep", number.provider_account_id],
    queryFn: () => readUpkeep(number.provider_account_id),
  });
  const found = upkeep.data?.numbers.find((one) => one.number_id === number.id);
  if (!found) return null;
  return (
    <>
      <CheckList checks={found.checks} />
      <p>
        {words.lookedAt} <Ago at={found.checked_at} />. {words.daily}
      </p>
    </>
  );
}
