/** One text or note: customer left, us right, notes on a tinted band; its delivery in a word and a mark. */
import type { MessageView } from "../../api/types";
import { Icon } from "../../blocks/Icon";
import { ClockTime } from "../../blocks/Times";
import { FAILED } from "../../live/status";
import { thread as words } from "../../words/thread";
import { Delivery, Failure } from "./Delivery";
import { Media } from "./Media";
import css from "./thread.module.css";

interface Props {
  message: MessageView;
  joined: boolean;
  dim: boolean;
}

export function Bubble({ message, joined, dim }: Props) {
  if (message.kind === "note") return <Note message={message} dim={dim} />;
  const ours = message.kind === "outbound";
  const failed = ours && FAILED.has(message.status);
  return (
    <article className={css.line} data-ours={ours} data-joined={joined} data-dim={dim}>
      <div className={css.bubble} data-failed={failed}>
        {message.media.length > 0 && <Media media={message.media} />}
        {message.body && <p className={css.body}>{message.body}</p>}
      </div>
      <footer className={css.meta}>
        <Author message={message} joined={joined} />
        {message.late && <span className={css.late}>{words.late}</span>}
        <ClockTime at={message.created_at} />
        {ours && <Delivery message={message} />}
      </footer>
      {failed && <Failure message={message} />}
    </article>
  );
}

function Author({ message, joined }: { message: MessageView; joined: boolean }) {
  if (message.kind !== "outbound" || joined) return null;
  if (message.origin === "automated") return <span>{words.automated}</span>;
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
      <p className={css.body}>{message.body}</p>
    </article>
  );
}
