/** What to mend before texts are lost: where the daily look found something wrong, and caps that are nearly used. */
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { connectNumber } from "../api/settings-calls";
import type { Warned } from "../api/settings-types";
import { Icon } from "../blocks/Icon";
import { say, sayFailed } from "../blocks/toasts";
import { useLive } from "../live/useLive";
import css from "../shell/shell.module.css";
import { phoneOf } from "../words/common";
import { troubleWords as words } from "../words/trouble";

const MOST = 2;

export function Warnings({ warnings }: { warnings: readonly Warned[] }) {
  const numbers = useLive((live) => live.numbers);
  const administrator = useLive((live) => live.me.role === "administrator");
  const [all, setAll] = useState(false);
  const shown = all ? warnings : warnings.slice(0, MOST);
  const more = warnings.length - shown.length;
  return (
    <>
      {shown.map((one) => {
        const number = numbers.find((each) => each.id === one.number_id);
        return (
          <div key={`${one.kind} ${one.sentence}`} className={css.banner} data-tone="warn" role="status">
            <Icon name="warn" />
            <strong>{number ? phoneOf(number.address) : words.kinds[one.kind]}</strong>
            <span>
              {one.sentence} {one.way_out}
            </span>
            {administrator && <Way warned={one} />}
          </div>
        );
      })}
      {more > 0 && (
        <div className={css.banner} data-tone="warn">
          <Button size="compact-sm" variant="subtle" onClick={() => setAll(true)}>
            {words.moreWarnings(more)}
          </Button>
        </div>
      )}
    </>
  );
}

/** Where it is mended; texts that go elsewhere are pointed here again at once. */
function Way({ warned }: { warned: Warned }) {
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  if (warned.kind === "callback" && warned.number_id !== null) {
    const connect = async () => {
      setBusy(true);
      try {
        const { checks } = await connectNumber(warned.number_id ?? 0);
        const wrong = checks.find((check) => check.ok === false);
        if (wrong) say(`${words.stillWrong}: ${wrong.evidence} ${wrong.fix ?? ""}`, undefined, "bad");
        else say(words.pointedHere);
        await queries.invalidateQueries({ queryKey: ["trouble"] });
        await queries.invalidateQueries({ queryKey: ["upkeep"] });
      } catch (error) {
        sayFailed(words.stillWrong, error);
      } finally {
        setBusy(false);
      }
    };
    return (
      <Button size="compact-sm" variant="default" loading={busy} onClick={() => void connect()}>
        {words.pointHere}
      </Button>
    );
  }
  const to =
    warned.number_id === null
      ? `/settings/provider-accounts/${warned.provider_account_id}`
      : `/settings/numbers/${warned.number_id}`;
  return (
    <Button size="compact-sm" variant="default" component={Link} to={to}>
      {words.look}
    </Button>
  );
}
