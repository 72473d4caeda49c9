/** Which page of Outreach an address names. */
import { useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { EmptyFace, LoadingFace } from "../blocks/Faces";
import { common } from "../words/common";
import { TemplatesPage } from "./templates/TemplatesPage";

const FlowsPage = lazy(() => import("../flows/FlowsPage"));
const AudiencesPage = lazy(() => import("./audiences/AudiencesPage"));
const CampaignsPage = lazy(() => import("./campaigns/CampaignsPage"));
const ConfigurationsPage = lazy(() => import("./outbound/ConfigurationsPage"));

function pageOf(page: string | undefined, rowId: string | null) {
  switch (page) {
    case "templates":
      return <TemplatesPage rowId={rowId} />;
    case "flows":
      return <FlowsPage rowId={rowId} />;
    case "audiences":
      return <AudiencesPage rowId={rowId} />;
    case "campaigns":
      return <CampaignsPage rowId={rowId} />;
    case "outbound-configurations":
      return <ConfigurationsPage rowId={rowId} />;
    default:
      return <EmptyFace icon="search" title={common.noPage} />;
  }
}

export function OutreachPage() {
  const { page, rowId } = useParams({ strict: false }) as { page?: string; rowId?: string };
  return <Suspense fallback={<LoadingFace />}>{pageOf(page, rowId ?? null)}</Suspense>;
}
