/** The event log as an audit trail, newest first. */
import { Button, NativeSelect } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { readEvents } from "../api/settings-calls";
import type { AuditEvent } from "../api/settings-types";
import { EmptyFace, ErrorFace, LoadingFace } from "../blocks/Faces";
import { ClockTime } from "../blocks/Times";
import { dayOf, exactOf } from "../time/format";
import { settings, eventWords as words } from "../words/settings";
import { type Column, PageHead, Table } from "./ListPage";
import css from "./settings.module.css";

const KINDS = [
  "SignedIn",
  "SignInRefused",
  "UserCreated",
  "UserChanged",
  "TokenCreated",
  "TokenRevoked",
  "ProviderAccountChanged",
  "NumberCreated",
  "NumberChanged",
  "WorkstreamChanged",
  "QueueChanged",
  "QueueMembersChanged",
  "WebhookRefused",
  "WebhookKept",
  "ConsentRecorded",
  "PhoneBlocked",
  "MessageFailed",
  "MessageRefused",
  "AgentLost",
];

const spaced = (kind: string): string => {
  const text = kind.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
};

function about(event: AuditEvent): string {
  return Object.entries(event.data)
    .map(
      ([name, value]) =>
        `${name.replaceAll("_", " ")}: ${typeof value === "string" ? value : JSON.stringify(value)}`,
    )
    .join(", ");
}

const COLUMNS: readonly Column<AuditEvent>[] = [
  {
    title: words.at,
    cell: (event) => (
      <span title={exactOf(event.at)}>
        {dayOf(event.at, Date.now())} <ClockTime at={event.at} />
      </span>
    ),
  },
  { title: words.kind, cell: (event) => spaced(event.kind) },
  { title: words.actor, cell: (event) => event.actor_name ?? words.system },
  {
    title: words.about,
    cell: (event) => (
      <>
        {event.conversation_id !== null && (
          <Link to="/desk/$conversationId" params={{ conversationId: String(event.conversation_id) }}>
            #{event.conversation_id}
          </Link>
        )}{" "}
        <span className={css.data}>{about(event)}</span>
      </>
    ),
  },
];

export function EventsPage() {
  const [kind, setKind] = useState("");
  const events = useInfiniteQuery({
    queryKey: ["events", kind],
    queryFn: ({ pageParam }) => readEvents(kind, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = events.data?.pages.flatMap((page) => page.items) ?? [];
  const filter = (
    <NativeSelect
      aria-label={words.kind}
      data={[{ value: "", label: words.all }, ...KINDS.map((value) => ({ value, label: spaced(value) }))]}
      value={kind}
      onChange={(event) => setKind(event.currentTarget.value)}
    />
  );
  return (
    <>
      <PageHead page="events" action={filter} />
      {events.isPending ? (
        <LoadingFace />
      ) : events.isError ? (
        <ErrorFace title={settings.readFailed} error={events.error} onRetry={() => void events.refetch()} />
      ) : rows.length === 0 ? (
        <EmptyFace icon="clock" title={settings.empty.events ?? ""} />
      ) : (
        <Table rows={rows} columns={COLUMNS} />
      )}
      {events.hasNextPage && (
        <Button
          className={css.older}
          variant="default"
          loading={events.isFetchingNextPage}
          onClick={() => void events.fetchNextPage()}
        >
          {words.older}
        </Button>
      )}
    </>
  );
}
