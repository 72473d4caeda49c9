/** The event log as an audit trail, newest first. */
import { Button, NativeSelect, Switch, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { type EventFilter, readEvents } from "../api/settings-calls";
import type { AuditEvent, User } from "../api/settings-types";
import { EmptyFace, ErrorFace, LoadingFace } from "../blocks/Faces";
import { type Column, PageHead, Table } from "../blocks/Rows";
import { ClockTime } from "../blocks/Times";
import { dayOf, exactOf } from "../time/format";
import { settings, eventWords as words } from "../words/settings";
import css from "./settings.module.css";
import { useRows } from "./useRows";

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
  "NumberRegistrationChanged",
  "WorkstreamChanged",
  "QueueChanged",
  "QueueMembersChanged",
  "CalendarChanged",
  "AutomatedMessageChanged",
  "SendingRulesChanged",
  "BrandChanged",
  "MessageTemplateApproved",
  "FlowPublished",
  "FlowBegunForMany",
  "FlowBegunForMany",
  "CampaignStarted",
  "CampaignPaused",
  "CampaignStopped",
  "FlowAddressRenewed",
  "WebhookSubscriptionCreated",
  "WebhookSubscriptionChanged",
  "RetentionChanged",
  "AgedRemoved",
  "ContactChanged",
  "ContactErased",
  "ContactExported",
  "EvidenceExported",
  "LegalHoldSet",
  "LegalHoldReleased",
  "ConsentImported",
  "ConsentExported",
  "ConsentRecorded",
  "RawExchangesRead",
  "RawWebhookRead",
  "WebhookRefused",
  "WebhookKept",
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
    .filter(([, value]) => value !== null)
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
        {event.conversation_id === null && event.contact_id !== null && (
          <Link to="/contacts/$contactId" params={{ contactId: String(event.contact_id) }}>
            {words.contact(event.contact_id)}
          </Link>
        )}{" "}
        <span className={css.data}>{about(event)}</span>
      </>
    ),
  },
];

/** Two people of one name are told apart by their address. */
function whoseName(user: User, all: readonly User[] = []): string {
  const named = all.filter((one) => one.name === user.name);
  return named.length > 1 ? `${user.name} (${user.email})` : user.name;
}

const EVERYTHING: Filter = { kind: "", actor: "", since: "", until: "", audit: true };

interface Filter {
  kind: string;
  actor: string;
  /** Days, as the viewer's calendar has them. */
  since: string;
  until: string;
  audit: boolean;
}

/** The moment a day begins here, or the one after it. */
function startOf(day: string, later = 0): string | null {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return day ? new Date(year, month - 1, date + later).toISOString() : null;
}

const asked = (filter: Filter): EventFilter => ({
  kind: filter.kind,
  actor_id: filter.actor,
  since: startOf(filter.since),
  until: startOf(filter.until, 1),
  audit: filter.audit ? "true" : "",
});

export function EventsPage() {
  const [filter, setFilter] = useState(EVERYTHING);
  const events = useInfiniteQuery({
    queryKey: ["events", filter],
    queryFn: ({ pageParam }) => readEvents(asked(filter), pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = events.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead title={settings.pages.events ?? ""} about={settings.about.events} />
      <Filters filter={filter} onChange={setFilter} />
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

function Filters({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }) {
  const users = useRows<User>("users");
  const set = (part: Partial<Filter>) => onChange({ ...filter, ...part });
  return (
    <section className={css.filters} aria-label={words.filter}>
      <NativeSelect
        label={words.kind}
        data={[{ value: "", label: words.all }, ...KINDS.map((value) => ({ value, label: spaced(value) }))]}
        value={filter.kind}
        onChange={(event) => set({ kind: event.currentTarget.value, audit: false })}
      />
      <NativeSelect
        label={words.actor}
        data={[
          { value: "", label: words.anybody },
          ...(users.data ?? []).map((user) => ({
            value: String(user.id),
            label: whoseName(user, users.data),
          })),
        ]}
        value={filter.actor}
        onChange={(event) => set({ actor: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={words.since}
        value={filter.since}
        onChange={(event) => set({ since: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={words.until}
        value={filter.until}
        onChange={(event) => set({ until: event.currentTarget.value })}
      />
      <Switch
        label={words.audit}
        checked={filter.audit}
        onChange={(event) => set({ audit: event.currentTarget.checked })}
      />
    </section>
  );
}
