/** Campaigns: the list, each with how far it is; the page of one; and the way to a new one. */
import "@mantine/core/styles/Checkbox.css";
import { useSearch } from "@tanstack/react-router";
import type { Campaign } from "../../api/schema.gen";
import type { IconName } from "../../blocks/Icon";
import { Meter } from "../../blocks/Meter";
import { type Column, RowPages } from "../../blocks/Rows";
import { Tag, type Tone } from "../../blocks/Small";
import { Ago } from "../../blocks/Times";
import { useRowNavigation, useRows } from "../../settings/useRows";
import { momentOf } from "../../time/format";
import { campaignWords as words } from "../../words/campaigns";
import css from "../outreach.module.css";
import { CampaignPage } from "./CampaignPage";
import { isOver, roughly } from "./progress";
import { useCampaignNews } from "./useCampaignNews";
import { CampaignWizard } from "./wizard/CampaignWizard";

export const PAGE = "campaigns";
const LIVE_MS = 2000;
const LOOKS: Record<Campaign["state"], { tone: Tone; icon: IconName }> = {
  draft: { tone: "plain", icon: "note" },
  preparing: { tone: "calm", icon: "clock" },
  scheduled: { tone: "calm", icon: "clock" },
  running: { tone: "good", icon: "send" },
  paused: { tone: "warn", icon: "snooze" },
  done: { tone: "plain", icon: "checks" },
  stopped: { tone: "plain", icon: "block" },
};

export function CampaignTag({ campaign }: { campaign: Campaign }) {
  return <Tag {...LOOKS[campaign.state]}>{words.states[campaign.state]}</Tag>;
}

const COLUMNS: Column<Campaign>[] = [
  { title: words.columns.name, cell: (one) => one.name },
  { title: words.columns.audience, cell: (one) => one.audience_name },
  {
    title: words.columns.state,
    cell: (one) => (
      <>
        <CampaignTag campaign={one} />
        {one.state_reason && <p className={css.hint}>{one.state_reason}</p>}
        {one.state === "scheduled" && one.send_at && (
          <p className={css.hint}>{words.starts(momentOf(one.send_at))}</p>
        )}
      </>
    ),
  },
  {
    title: words.columns.progress,
    cell: (one) =>
      one.recipients > 0 && (
        <Meter label={words.progress} total={one.recipients} shares={roughly(one)} legend={false} />
      ),
  },
  { title: words.columns.began, cell: (one) => one.started_at && <Ago at={one.started_at} /> },
];

export default function CampaignsPage({ rowId }: { rowId: string | null }) {
  const rows = useRows<Campaign>(PAGE, {
    everyMs: (read) => (read.some((one) => one.state !== "draft" && !isOver(one)) ? LIVE_MS : null),
  });
  useCampaignNews(PAGE);
  const go = useRowNavigation(PAGE, "outreach");
  const { audience } = useSearch({ strict: false });
  return (
    <RowPages
      words={words}
      icon="send"
      rows={{ ...rows, data: rows.data?.toSorted((a, b) => b.id - a.id) }}
      columns={COLUMNS}
      nameOf={(one) => one.name}
      onOpen={go.open}
      onAdd={() => go.open("new")}
      rowId={rowId}
      one={(row) =>
        row && row.state !== "draft" ? (
          <CampaignPage key={row.id} campaign={row} />
        ) : (
          // The same one while a new campaign gets its address.
          <CampaignWizard key="wizard" campaign={row} audienceId={audience ?? null} />
        )
      }
    />
  );
}
