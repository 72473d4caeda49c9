/** Takes back a campaign that was not started. */
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Campaign } from "../../../api/schema.gen";
import { removeRow } from "../../../api/settings-calls";
import { Ask } from "../../../blocks/Ask";
import { say } from "../../../blocks/toasts";
import { useRowNavigation } from "../../../settings/useRows";
import { campaignWords as words } from "../../../words/campaigns";
import { PAGE } from "../CampaignsPage";

export function RemoveDraft({ campaign }: { campaign: Campaign }) {
  const [asking, setAsking] = useState(false);
  const queries = useQueryClient();
  const go = useRowNavigation(PAGE, "outreach");
  const remove = async () => {
    await removeRow(PAGE, campaign.id);
    say(words.removed);
    go.close();
    await queries.invalidateQueries({ queryKey: ["settings", PAGE] });
  };
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
        {words.remove}…
      </Button>
      {asking && (
        <Ask
          title={words.removeAsk(campaign.name)}
          act={words.remove}
          keep={words.keepIt}
          failed={words.moveFailed}
          onYes={remove}
          onClose={() => setAsking(false)}
        >
          {words.removeHint}
        </Ask>
      )}
    </>
  );
}
