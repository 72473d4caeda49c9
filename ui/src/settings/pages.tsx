/** Which settings page an address names. */
import "@mantine/core/styles/Checkbox.css";
import { useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { EmptyFace, LoadingFace } from "../blocks/Faces";
import { common } from "../words/common";
import { EventsPage } from "./EventsPage";
import { NumbersPage } from "./NumbersPage";
import { QueuesPage } from "./QueuesPage";
import { SetupPage } from "./SetupPage";
import { TokensPage } from "./TokensPage";
import { UsersPage } from "./UsersPage";
import { WebhooksPage } from "./WebhooksPage";
import { WorkstreamsPage } from "./WorkstreamsPage";

const HoursPage = lazy(() => import("./hours/HoursPage"));
const MessagesPage = lazy(() => import("./messages/MessagesPage"));
const BrandsPage = lazy(() => import("./BrandsPage"));
const ConsentPage = lazy(() => import("./ConsentPage"));
const MasksPage = lazy(() => import("./MasksPage"));
const PrivacyPage = lazy(() => import("./PrivacyPage"));
const SendingRulesPage = lazy(() => import("./SendingRulesPage"));
const AccountsPage = lazy(() => import("./accounts/AccountsPage"));

function pageOf(page: string | undefined, rowId: string | null) {
  switch (page) {
    case "setup":
      return <SetupPage />;
    case "provider-accounts":
      return <AccountsPage rowId={rowId} />;
    case "numbers":
      return <NumbersPage rowId={rowId} />;
    case "workstreams":
      return <WorkstreamsPage rowId={rowId} />;
    case "queues":
      return <QueuesPage rowId={rowId} />;
    case "calendars":
      return <HoursPage rowId={rowId} />;
    case "messages":
      return <MessagesPage />;
    case "sending-rules":
      return <SendingRulesPage />;
    case "brands":
      return <BrandsPage rowId={rowId} />;
    case "consent":
      return <ConsentPage />;
    case "privacy":
      return <PrivacyPage />;
    case "mask-rules":
      return <MasksPage rowId={rowId} />;
    case "users":
      return <UsersPage rowId={rowId} />;
    case "tokens":
      return <TokensPage rowId={rowId} />;
    case "webhook-subscriptions":
      return <WebhooksPage rowId={rowId} />;
    case "events":
      return <EventsPage />;
    default:
      return <EmptyFace icon="search" title={common.noPage} />;
  }
}

export function SettingsPage() {
  const { page, rowId } = useParams({ strict: false }) as { page?: string; rowId?: string };
  return <Suspense fallback={<LoadingFace />}>{pageOf(page, rowId ?? null)}</Suspense>;
}
