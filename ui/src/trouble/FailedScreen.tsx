/** The work list of texts that did not arrive: why, and to send them again or leave them, one or many. */
import "@mantine/core/styles/Checkbox.css";
import { Button, Checkbox, NativeSelect } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { leaveFailed, listFailed, retryFailed } from "../api/calls";
import type { FailedText } from "../api/types";
import { EmptyFace, ErrorFace, LoadingFace } from "../blocks/Faces";
import { Tag } from "../blocks/Small";
import { Ago } from "../blocks/Times";
import { say, sayFailed } from "../blocks/toasts";
import { useLive } from "../live/useLive";
import { nameOf, phoneOf } from "../words/common";
import { deliveryOf, viaOf } from "../words/thread";
import { troubleWords as words } from "../words/trouble";
import { ProviderSaid } from "./ProviderSaid";
import css from "./trouble.module.css";

export function FailedScreen() {
  const seesAll = useLive((live) => live.me.role !== "agent");
  if (!seesAll) {
    return (
      <EmptyFace icon="block" title={words.onlySupervisors}>
        {words.onlySupervisorsHint}
      </EmptyFace>
    );
  }
  return <List />;
}

function List() {
  const [why, setWhy] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  const pages = useInfiniteQuery({
    queryKey: ["failed", why],
    queryFn: ({ pageParam }) => listFailed(why, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const picked = rows.filter((row) => chosen.has(row.message_id)).map((row) => row.message_id);
  const choose = (ids: readonly number[], on: boolean) =>
    setChosen((held) => {
      const next = new Set(held);
      for (const id of ids) on ? next.add(id) : next.delete(id);
      return next;
    });
  const act = async (what: (ids: number[]) => Promise<string>) => {
    setBusy(true);
    try {
      say(await what(picked.slice(0, 200)));
      setChosen(new Set());
      await queries.invalidateQueries({ queryKey: ["failed"] });
      await queries.invalidateQueries({ queryKey: ["trouble"] });
    } catch (error) {
      sayFailed(words.actFailed, error);
    } finally {
      setBusy(false);
    }
  };
  const retry = async (ids: number[]) => {
    const { items } = await retryFailed(ids);
    const stuck = items.filter((item) => item.problem !== null);
    return words.retried(items.length - stuck.length, stuck.length, stuck[0]?.problem ?? "");
  };
  const leave = async (ids: number[]) => words.left((await leaveFailed(ids)).left);
  return (
    <div className={css.screen}>
      <header className={css.head}>
        <div>
          <h1>{words.title}</h1>
          <p>{words.about}</p>
        </div>
        <NativeSelect
          aria-label={words.reason}
          data={words.reasons}
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
      </header>
      {pages.isPending ? (
        <LoadingFace />
      ) : pages.isError ? (
        <ErrorFace title={words.readFailed} error={pages.error} onRetry={() => void pages.refetch()} />
      ) : rows.length === 0 ? (
        <EmptyFace icon="checks" title={words.empty}>
          {words.emptyHint}
        </EmptyFace>
      ) : (
        <>
          <div className={css.tools}>
            <Checkbox
              label={words.all}
              checked={picked.length === rows.length}
              indeterminate={picked.length > 0 && picked.length < rows.length}
              onChange={(event) =>
                choose(
                  rows.map((row) => row.message_id),
                  event.currentTarget.checked,
                )
              }
            />
            <Button
              size="compact-sm"
              loading={busy}
              disabled={picked.length === 0}
              onClick={() => void act(retry)}
            >
              {words.retry(picked.length)}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              disabled={picked.length === 0 || busy}
              onClick={() => void act(leave)}
            >
              {words.leave}
            </Button>
          </div>
          <ul className={css.rows}>
            {rows.map((row) => (
              <Row
                key={row.message_id}
                row={row}
                on={chosen.has(row.message_id)}
                onChoose={(on) => choose([row.message_id], on)}
              />
            ))}
          </ul>
          {pages.hasNextPage && (
            <Button
              variant="default"
              loading={pages.isFetchingNextPage}
              onClick={() => void pages.fetchNextPage()}
            >
              {words.more}
            </Button>
          )}
        </>
      )}
    </div>
  );
}

interface RowProps {
  row: FailedText;
  on: boolean;
  onChoose: (on: boolean) => void;
}

function Row({ row, on, onChoose }: RowProps) {
  const who = nameOf(row.contact_name, row.customer_phone);
  return (
    <li className={css.row}>
      <Checkbox
        aria-label={words.choose(who)}
        checked={on}
        onChange={(event) => onChoose(event.currentTarget.checked)}
      />
      <div>
        <p className={css.who}>
          <Link to="/desk/$conversationId" params={{ conversationId: String(row.conversation_id) }}>
            {who}
          </Link>
          {row.contact_name && <span className="ab-tabular">{phoneOf(row.customer_phone)}</span>}
          <Tag tone={row.status === "unclear" ? "warn" : "bad"} icon="warn">
            {deliveryOf(row)}
          </Tag>
          <span className={css.when}>
            {row.author_name && `${row.author_name}, `}
            <Ago at={row.created_at} />
          </span>
        </p>
        <p className={css.body}>{row.body}</p>
        <p className={css.why}>
          {row.error_sentence ?? words.noReason} <span>{viaOf(row.account, row.number, row.error_code)}</span>
        </p>
        <ProviderSaid messageId={row.message_id} />
      </div>
    </li>
  );
}
