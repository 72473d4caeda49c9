/** Says which numbers hold texts back, why, and when they try again. */
import { useQuery } from "@tanstack/react-query";
import { listRows } from "../api/settings-calls";
import type { ProviderAccount } from "../api/settings-types";
import type { OpenBreaker } from "../api/types";
import { Icon } from "../blocks/Icon";
import { useLive } from "../live/useLive";
import css from "../shell/shell.module.css";
import { useSecond } from "../time/useNow";
import { phoneOf } from "../words/common";
import { troubleWords as words } from "../words/trouble";
import { useTrouble } from "./useTrouble";
import { Warnings } from "./Warnings";

export function TroubleBanner() {
  const trouble = useTrouble();
  const breakers = trouble.data?.breakers ?? [];
  const administrator = useLive((live) => live.me.role === "administrator");
  const accounts = useQuery({
    queryKey: ["settings", "provider-accounts"],
    queryFn: () => listRows<ProviderAccount>("provider-accounts"),
    enabled: administrator && breakers.length > 0,
  });
  const numbers = useLive((live) => live.numbers);
  const nameOf = (breaker: OpenBreaker) => {
    const number = numbers.find((one) => one.id === breaker.number_id);
    const account = accounts.data?.find((one) => one.id === breaker.provider_account_id);
    return number ? phoneOf(number.address) : (account?.name ?? words.anAccount);
  };
  const held = breakers.map((breaker) => (
    <div
      key={`${breaker.provider_account_id} ${breaker.number_id}`}
      className={css.banner}
      data-tone="bad"
      role="status"
    >
      <Icon name="warn" />
      <strong>{words.held(nameOf(breaker), breaker.waiting)}</strong>
      <span>{breaker.reason}</span>
      <Again at={breaker.retry_at} />
    </div>
  ));
  return (
    <>
      {held}
      <Warnings warnings={trouble.data?.warnings ?? []} />
    </>
  );
}

function Again({ at }: { at: string }) {
  const seconds = Math.round((Date.parse(at) - useSecond()) / 1000);
  return <span className="ab-tabular">{seconds > 0 ? words.again(seconds) : words.now}</span>;
}
