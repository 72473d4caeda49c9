/** Another time for a campaign that waits for its own. */
import { Button, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { rescheduleCampaign } from "../../api/campaign-calls";
import type { Campaign } from "../../api/schema.gen";
import { Ask } from "../../blocks/Ask";
import { say } from "../../blocks/toasts";
import { localInput } from "../../desk/panels/snoozeTimes";
import { wizardWords } from "../../words/campaign-wizard";
import { campaignWords as words } from "../../words/campaigns";
import { PAGE } from "./CampaignsPage";

export function Reschedule({ campaign }: { campaign: Campaign }) {
  const [at, setAt] = useState<string | null>(null);
  const queries = useQueryClient();
  const move = async () => {
    if (!at) throw new Error(words.timeNeeded);
    await rescheduleCampaign(campaign.id, new Date(at).toISOString());
    say(words.rescheduled);
    await queries.invalidateQueries({ queryKey: ["settings", PAGE] });
  };
  return (
    <>
      <Button
        variant="default"
        onClick={() => setAt(localInput(campaign.send_at ? new Date(campaign.send_at) : new Date()))}
      >
        {words.reschedule}
      </Button>
      {at !== null && (
        <Ask
          title={words.rescheduleAsk(campaign.name)}
          act={words.reschedule}
          failed={words.moveFailed}
          grave={false}
          onYes={move}
          onClose={() => setAt(null)}
        >
          <TextInput
            type="datetime-local"
            label={wizardWords.at}
            description={words.rescheduleHint}
            min={localInput(new Date())}
            value={at}
            onChange={(event) => setAt(event.currentTarget.value)}
          />
        </Ask>
      )}
    </>
  );
}
