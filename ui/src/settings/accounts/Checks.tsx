/** Checks of a saved account: once when it is opened, then on demand. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { sentenceOf } from "../../api/client";
import { checkAccount } from "../../api/settings-calls";
import { LoadingFace } from "../../blocks/Faces";
import { Notice } from "../../blocks/Small";
import { accountWords as words } from "../../words/settings";
import { CheckList } from "../CheckList";

export function Checks({ accountId }: { accountId: number }) {
  const checks = useQuery({
    queryKey: ["checks", accountId],
    queryFn: () => checkAccount(accountId),
    retry: false,
    staleTime: 60_000,
  });
  return (
    <>
      {checks.isError && (
        <Notice tone="bad" icon="warn">
          {words.checkFailed}. {sentenceOf(checks.error)}
        </Notice>
      )}
      {checks.isPending && <LoadingFace lines={3} label={words.checking} />}
      {checks.data && <CheckList checks={checks.data.checks} />}
      <div>
        <Button variant="default" loading={checks.isFetching} onClick={() => void checks.refetch()}>
          {words.checkNow}
        </Button>
      </div>
    </>
  );
}
