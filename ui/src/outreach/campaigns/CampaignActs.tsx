/** What can be done with a campaign: pause, go on, stop, export; each says what it does to whom. */
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { exportUrl, type Move, moveCampaign } from "../../api/campaign-calls";
import type { Campaign } from "../../api/schema.gen";
import { Ask } from "../../blocks/Ask";
import { say, sayFailed } from "../../blocks/toasts";
import { campaignWords as words } from "../../words/campaigns";
import { PAGE } from "./CampaignsPage";
import { hasBegun, isOver } from "./progress";
import { Reschedule } from "./Reschedule";

const DONE = { pause: words.paused, resume: words.resumed, stop: words.stopped } as const;

export function CampaignActs({ campaign }: { campaign: Campaign }) {
  const { id, name, state, waiting } = campaign;
  const [asking, setAsking] = useState<"pause" | "stop" | null>(null);
  const queries = useQueryClient();
  const act = async (move: Exclude<Move, "start">) => {
    await moveCampaign(id, move);
    await queries.invalidateQueries({ queryKey: ["settings", PAGE] });
    await queries.invalidateQueries({ queryKey: ["campaign", id] });
    say(DONE[move]);
  };
  const resume = () => act("resume").catch((error: unknown) => sayFailed(words.moveFailed, error));
  return (
    <>
      {hasBegun(campaign) && (
        <Button component="a" href={exportUrl(id)} download variant="default">
          {words.export}
        </Button>
      )}
      {state === "scheduled" && <Reschedule campaign={campaign} />}
      {state === "paused" && <Button onClick={() => void resume()}>{words.resume}</Button>}
      {state === "running" && (
        <Button variant="default" onClick={() => setAsking("pause")}>
          {words.pause}
        </Button>
      )}
      {!isOver(campaign) && (
        <Button variant="default" color="red" onClick={() => setAsking("stop")}>
          {words.stop}
        </Button>
      )}
      {asking && (
        <Ask
          title={asking === "pause" ? words.pauseAsk(name) : words.stopAsk(name)}
          act={words[asking]}
          keep={words.keep}
          failed={words.moveFailed}
          grave={asking === "stop"}
          onYes={() => act(asking)}
          onClose={() => setAsking(null)}
        >
          {asking === "pause" ? words.pauseHint : words.stopHint(waiting)}
        </Ask>
      )}
    </>
  );
}
