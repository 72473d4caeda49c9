/** One text or note: customer left, us right, notes on a tinted band; its delivery in a word and a mark. */
import type { MessageView } from "../../api/types";
import { Icon } from "../../blocks/Icon";
import { ClockTime } from "../../blocks/Times";
import { FAILED } from "../../live/status";
import { ProviderSaid } from "../../trouble/ProviderSaid";
import { phoneOf } from "../../words/common";
import { thread as words } from "../../words/thread";
import { Delivery, Failure } from "./Delivery";
import { Media } from "./Media";
import { Marked, OptOutSuggestion } from "./OptOutSuggestion";
import { Reveal } from "./Reveal";
import { Scheduled } from "./Scheduled";
import css from "./thread.module.css";

interface Props {
  message: MessageView;
  joined: boolean;
  dim: boolean;
  answers: string | null;
}

export function Bubble({ message, joined, dim, answers }: Props) {
  if (message.kind === "note") return <Note message={message} dim={dim} />;
  const ours = message.kind === "outbound";
  const failed = ours && FAILED.has(message.status);
  return (
    <article className={css.line} data-ours={ours} data-joined={joined} data-dim={dim}>
      {answers && <p className={css.answers}>{words.answers(answers)}</p>}
      {message.sent_for && !message.sent_for.shown ? (
        <details className={css.folded}>
          <summary>{message.sent_for.name}</summary>
          <Words message={message} failed={failed} />
        </details>
      ) : (
        <Words message={message} failed={failed} />
      )}
      {message.masked && <Reveal messageId={message.id} />}
      {message.opt_out && <OptOutSuggestion message={message} />}
      {message.status === "scheduled" && <Scheduled message={message} />}
      <footer className={css.meta}>
        <Author message={message} joined={joined} />
        {message.late && <span className={css.late}>{words.late}</span>}
        <ClockTime at={message.created_at} />
        {ours && <Delivery message={message} />}
      </footer>
      {message.sent_from && (
        <p className={css.detour}>
          <Icon name="transfer" size={12} />
          {words.detour(phoneOf(message.sent_from), message.detour ?? "held_back")}
        </p>
      )}
      {failed && <Failure message={message} />}
      {failed && message.status !== "refused" && <ProviderSaid messageId={message.id} />}
    </article>
  );
}

function Words({ message, failed }: { message: MessageView; failed: boolean }) {
  return (
    <div className={css.bubble} data-failed={failed}>
      {message.media.length > 0 && <Media media={message.media} />}
      {message.removed_at ? (
        <p className={css.removed}>{words.removed}</p>
      ) : (
        message.body && <Marked message={message} />
      )}
    </div>
  );
}

function Author({ message, joined }: { message: MessageView; joined: boolean }) {
  if (message.kind !== "outbound" || joined) return null;
  if (message.sent_for) return <span>{message.sent_for.shown ? message.sent_for.name : words.outreach}</span>;
  if (message.origin === "automated" || message.origin === "flow") return <span>{words.automated}</span>;
  if (message.origin === "campaign") return <span>{words.outreach}</span>;
  if (message.author_name) return <span>{message.author_name}</span>;
  return message.origin === "api" ? <span>{words.viaApi}</span> : null;
}

function Note({ message, dim }: { message: MessageView; dim: boolean }) {
  return (
    <article className={css.note} data-dim={dim}>
      <header>
        <Icon name="note" size={12} />
        <span>
          {words.note}
          {message.author_name && ` · ${message.author_name}`}
        </span>
        <ClockTime at={message.created_at} />
      </header>
      <p className={css.body}>{message.removed_at ? words.removed : message.body}</p>
      {message.masked && <Reveal messageId={message.id} />}
    </article>
  );
}
