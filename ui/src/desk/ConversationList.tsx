/** My, Open, Closed with live counts; a search over names, numbers and texts takes their place while it runs. */
import { Button, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { findConversations } from "../api/calls";
import { EmptyFace, ErrorFace, LoadingFace } from "../blocks/Faces";
import { Icon } from "../blocks/Icon";
import { Kbd } from "../blocks/Small";
import { useKeys } from "../keys/keys";
import type { ListName } from "../live/state";
import { useLists, useLive } from "../live/useLive";
import { changePresence } from "../shell/MeMenu";
import { desk as words } from "../words/desk";
import css from "./list.module.css";
import { Rows } from "./Rows";

const NAMES: readonly ListName[] = ["my", "open", "closed"];

interface Props {
  openId: number | null;
  onOpen: (id: number) => void;
}

export function ConversationList({ openId, onOpen }: Props) {
  const lists = useLists();
  const [name, setName] = useState<ListName>("my");
  const [typed, setTyped] = useState("");
  const [wanted] = useDebouncedValue(typed.trim(), 200);
  const [cursor, setCursor] = useState<number | null>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const search = useQuery({
    queryKey: ["search", wanted],
    queryFn: ({ signal }) => findConversations(wanted, signal),
    enabled: wanted !== "",
  });
  const found = wanted === "" ? null : (search.data?.items ?? []);
  const rows = found ?? lists[name];
  const at = cursor ?? openId;
  const step = (by: number) => () => {
    const place = rows.findIndex((row) => row.id === at);
    const next = rows[Math.min(rows.length - 1, Math.max(0, place + by))];
    if (next) setCursor(next.id);
  };
  const open = (id: number) => {
    setCursor(id);
    onOpen(id);
  };
  useKeys({
    j: step(1),
    k: step(-1),
    Enter: () => at !== null && rows.some((row) => row.id === at) && open(at),
    "/": () => searchField.current?.focus(),
    "1": () => setName("my"),
    "2": () => setName("open"),
    "3": () => setName("closed"),
  });
  return (
    <section className={css.list} aria-label={words.listLabel}>
      <div className={css.tabs} role="tablist" aria-label={words.listLabel}>
        {NAMES.map((one, place) => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={one === name && !found}
            className={css.tab}
            title={`${words.lists[one]} (${place + 1})`}
            onClick={() => {
              setName(one);
              setTyped("");
            }}
          >
            {words.lists[one]} <span className={css.count}>{lists[one].length}</span>
          </button>
        ))}
      </div>
      <TextInput
        ref={searchField}
        className={css.search}
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        leftSection={<Icon name="search" size={14} />}
        rightSection={typed ? null : <Kbd>/</Kbd>}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          setTyped("");
          searchField.current?.blur();
        }}
      />
      <div className={css.body}>
        {found && search.isError ? (
          <ErrorFace title={words.searchFailed} error={search.error} onRetry={() => void search.refetch()} />
        ) : found && search.isPending ? (
          <LoadingFace label={words.searching} />
        ) : rows.length === 0 ? (
          <NothingHere name={name} searched={found !== null} />
        ) : (
          <Rows key={found ? "found" : name} rows={rows} openId={openId} cursor={at} onOpen={open} />
        )}
      </div>
    </section>
  );
}

function NothingHere({ name, searched }: { name: ListName; searched: boolean }) {
  const presence = useLive((state) => state.me.presence);
  if (searched) {
    return (
      <EmptyFace icon="search" title={words.searchEmpty}>
        {words.searchEmptyHint}
      </EmptyFace>
    );
  }
  const [title, hint] = words.empty[name];
  const away = name === "my" && presence !== "available" && presence !== "busy";
  const action = away && (
    <Button variant="default" onClick={() => void changePresence("available")}>
      {words.goAvailable}
    </Button>
  );
  return (
    <EmptyFace icon={name === "closed" ? "check" : "desk"} title={title} action={action}>
      {away ? words.away : hint}
    </EmptyFace>
  );
}
