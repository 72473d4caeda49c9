/** What the last look at the account found, and looking now. */
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { sentenceOf } from "../../api/client";
import { checkAccount, readUpkeep } from "../../api/settings-calls";
import { LoadingFace } from "../../blocks/Faces";
import { Notice } from "../../blocks/Small";
import { accountWords as words } from "../../words/settings";
import { UpkeepFindings } from "./UpkeepFindings";

export function Checks({ accountId }: { accountId: number }) {
  const queries = useQueryClient();
  const known = useQuery({
    queryKey: ["upkeep", accountId],
    queryFn: () => readUpkeep(accountId),
    refetchInterval: 30_000,
  });
  const look = useMutation({
    mutationFn: () => checkAccount(accountId),
    onSuccess: (found) => {
      queries.setQueryData(["upkeep", accountId], found);
      void queries.invalidateQueries({ queryKey: ["trouble"] });
    },
  });
  const error = look.error ?? known.error;
  return (
    <>
      {error && (
        <Notice tone="bad" icon="warn">
          {words.checkFailed}. {sentenceOf(error)}
        </Notice>
      )}
      {known.isPending && <LoadingFace lines={3} label={words.checking} />}
      {known.data &&
        (known.data.checked_at ? <UpkeepFindings upkeep={known.data} /> : <p>{words.neverChecked}</p>)}
      <div>
        <Button variant="default" loading={look.isPending} onClick={() => look.mutate()}>
          {words.checkNow}
        </Button>
      </div>
    </>
  );
}
