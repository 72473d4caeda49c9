/** Checks of a saved account, on demand. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { sentenceOf } from "../../api/client";
import { checkAccount } from "../../api/settings-calls";
import { Notice } from "../../blocks/Small";
import { accountWords as words } from "../../words/settings";
import { CheckList } from "../CheckList";

export function Checks({ accountId }: { accountId: number }) {
  const checks = useQuery({
    queryKey: ["checks", accountId],
    queryFn: () => checkAccount(accountId),
    enabled: false,
  });
  return (
    <>
      {checks.isError && (
        <Notice tone="bad" icon="warn">
          {words.checkFailed}. {sentenceOf(checks.error)}
        </Notice>
      )}
      {checks.data && <CheckList checks={checks.data.checks} />}
      <div>
        <Button variant="default" loading={checks.isFetching} onClick={() => void checks.refetch()}>
          {words.checkNow}
        </Button>
      </div>
    </>
  );
}
