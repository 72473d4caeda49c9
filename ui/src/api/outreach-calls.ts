/** Calls of the Outreach screens beyond those every list of rows has. */
import { call, query } from "./client";
import type {
  MessageTemplate,
  Moved,
  OutboundPage,
  Previews,
  PreviewWish,
  TemplateDecision,
  TemplateVersions,
} from "./schema.gen";

const path = (id: number) => `/message-templates/${id}`;

export const readTemplate = (id: number) => call<MessageTemplate>(path(id));
export const decideTemplate = (id: number, body: TemplateDecision) =>
  call<MessageTemplate>(`${path(id)}/decision`, { method: "POST", body });
export const templateVersions = async (id: number) =>
  (await call<TemplateVersions>(`${path(id)}/versions`)).items;
export const previewTemplate = async (id: number, body: PreviewWish) =>
  (await call<Previews>(`${path(id)}/preview`, { method: "POST", body })).items;

export const listOutbound = (configurationId: number, cursor: string | null) =>
  call<OutboundPage>(`/outbound-messages${query({ configuration_id: configurationId, cursor, limit: 50 })}`);
export const takeBackOutbound = (ids: number[]) =>
  call<Moved>("/outbound-messages/cancel", { method: "POST", body: { ids } });
