/** One campaign that was begun: how far it is, how its texts do, and what became of each recipient. */
import { useQuery } from "@tanstack/react-query";
import { campaignResults } from "../../api/campaign-calls";
import type { Campaign, OutcomeCount } from "../../api/schema.gen";
import { Meter } from "../../blocks/Meter";
import { PageHead } from "../../blocks/Rows";
import { FailedNotice, Notice } from "../../blocks/Small";
import { momentOf } from "../../time/format";
import { campaignWords as words } from "../../words/campaigns";
import { templateWords } from "../../words/outreach";
import css from "../outreach.module.css";
import { CampaignActs } from "./CampaignActs";
import { CampaignTag, PAGE } from "./CampaignsPage";
import { isMoving, sharesOf } from "./progress";
import { Recipients } from "./Recipients";
import { Numbers, Variants } from "./Variants";

/** Counting a large campaign is work: often while texts leave and arrive, now and then for replies that come later. */
const MOVING_MS = 3000;
const LATER_MS = 30_000;
const NONE: readonly OutcomeCount[] = [];

export function CampaignPage({ campaign }: { campaign: Campaign }) {
  const { state, state_reason, send_at } = campaign;
  const results = useQuery({
    queryKey: ["campaign", campaign.id, "results", state],
    queryFn: () => campaignResults(campaign.id),
    refetchInterval: ({ state: { data } }) => (isMoving(campaign, data?.items) ? MOVING_MS : LATER_MS),
    placeholderData: (before) => before,
  });
  const counts = results.data?.items ?? NONE;
  const about = [
    templateWords.purposes[campaign.purpose],
    words.to(campaign.audience_name),
    state === "scheduled" && send_at && words.starts(momentOf(send_at)),
  ];
  return (
    <>
      <PageHead
        title={campaign.name}
        about={about.filter(Boolean).join(" · ")}
        mark={<CampaignTag campaign={campaign} />}
        back={{ to: `/outreach/${PAGE}`, label: words.title }}
      >
        <CampaignActs campaign={campaign} />
      </PageHead>
      <div className={css.form}>
        {state_reason && (
          <Notice tone={state === "paused" ? "warn" : "plain"} icon={state === "paused" ? "warn" : "why"}>
            {state_reason}
          </Notice>
        )}
        <section aria-label={words.progress} aria-live="off">
          <Meter label={words.progress} total={campaign.recipients} shares={sharesOf(counts)} />
        </section>
      </div>
      <FailedNotice what={words.resultsFailed} error={results.error} />
      <Variants campaign={campaign} counts={counts} />
      <Numbers campaign={campaign} />
      <Recipients campaign={campaign} counts={counts} />
    </>
  );
}
