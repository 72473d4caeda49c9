/** One offer: who, why me, first words, the time left, and the two answers. */
import { Button } from "@mantine/core";
import type { OfferView } from "../api/types";
import { Kbd } from "../blocks/Small";
import { useSecond } from "../time/useNow";
import { nameOf, phoneOf } from "../words/common";
import { offers as words } from "../words/shell";
import css from "./offers.module.css";

interface Props {
  offer: OfferView;
  first: boolean;
  busy: boolean;
  onAnswer: (say: "accept" | "decline") => void;
}

export function OfferCard({ offer, first, busy, onAnswer }: Props) {
  const { conversation } = offer;
  const who = nameOf(conversation.contact_name, conversation.customer_phone);
  return (
    <article className={css.card} aria-label={`${words.title}: ${who}`}>
      <header className={css.head}>
        <div className={css.who}>
          <h2>{who}</h2>
          <p>
            {conversation.contact_name && `${phoneOf(conversation.customer_phone)} · `}
            {conversation.queue}
            {conversation.number_name !== conversation.queue &&
              ` · ${words.via(conversation.number_name || phoneOf(conversation.number))}`}
          </p>
        </div>
        <Ring from={offer.made_at} until={offer.expires_at} />
      </header>
      {conversation.last_preview && (
        <blockquote className={css.words}>{conversation.last_preview}</blockquote>
      )}
      <p className={css.why}>{offer.reason}</p>
      <div className={css.answers}>
        <Button
          fullWidth
          loading={busy}
          onClick={() => onAnswer("accept")}
          rightSection={first ? <Kbd>A</Kbd> : null}
        >
          {words.accept}
        </Button>
        <Button
          fullWidth
          variant="default"
          disabled={busy}
          onClick={() => onAnswer("decline")}
          rightSection={first ? <Kbd>D</Kbd> : null}
        >
          {words.decline}
        </Button>
      </div>
    </article>
  );
}

const RADIUS = 16;
const ROUND = 2 * Math.PI * RADIUS;

function Ring({ from, until }: { from: string; until: string }) {
  const now = useSecond();
  const end = Date.parse(until);
  const left = Math.max(0, Math.ceil((end - now) / 1000));
  const whole = Math.max(1, (end - Date.parse(from)) / 1000);
  const part = Math.min(1, left / whole);
  return (
    <span className={css.ring} data-late={left <= 10} role="timer" aria-label={words.seconds(left)}>
      <svg width="40" height="40" viewBox="0 0 40 40" aria-hidden="true">
        <circle cx="20" cy="20" r={RADIUS} className={css.track} />
        <circle
          cx="20"
          cy="20"
          r={RADIUS}
          className={css.rest}
          strokeDasharray={ROUND}
          strokeDashoffset={ROUND * (1 - part)}
          transform="rotate(-90 20 20)"
        />
      </svg>
      <b>{left}</b>
    </span>
  );
}
