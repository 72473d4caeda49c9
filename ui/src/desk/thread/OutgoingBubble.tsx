/** A text of mine that the server has not confirmed yet. */
import { Button } from "@mantine/core";
import { Icon } from "../../blocks/Icon";
import { dropOutgoing, type Outgoing } from "../../live/outgoing";
import { thread as words } from "../../words/thread";
import { restoreDraft } from "../composer/drafts";
import { Media } from "./Media";
import css from "./thread.module.css";

const STATE = { going: words.sendingNow, waiting: words.waitingConnection, refused: words.notSent };

export function OutgoingBubble({ outgoing }: { outgoing: Outgoing }) {
  const refused = outgoing.state === "refused";
  const editAgain = () => {
    restoreDraft(outgoing);
    dropOutgoing(outgoing.key);
  };
  return (
    <article className={css.line} data-ours="true" data-pending={!refused}>
      <div className={css.bubble} data-failed={refused}>
        {outgoing.media.length > 0 && <Media media={outgoing.media} />}
        {outgoing.body && <p className={css.body}>{outgoing.body}</p>}
      </div>
      <footer className={css.meta} role="status">
        <span className={css.delivery} data-status={refused ? "failed" : "queued"}>
          {STATE[outgoing.state]}
          <Icon name={refused ? "warn" : "clock"} size={12} />
        </span>
      </footer>
      {refused && (
        <div className={css.failure}>
          <span>{outgoing.problem}</span>
          <Button size="compact-xs" variant="default" onClick={editAgain}>
            {words.editAgain}
          </Button>
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => dropOutgoing(outgoing.key)}>
            {words.discard}
          </Button>
        </div>
      )}
    </article>
  );
}
