/** Offers at the top right, over any screen. The first is answered with A or D; the others wait behind it. */
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { answerOffer } from "../api/calls";
import type { OfferView } from "../api/types";
import { sayFailed } from "../blocks/toasts";
import { useKeys } from "../keys/keys";
import { live } from "../live/link";
import { putConversation } from "../live/reduce";
import { useLive } from "../live/useLive";
import { nameOf } from "../words/common";
import { offers as words } from "../words/shell";
import { notify } from "./notify";
import { OfferCard } from "./OfferCard";
import css from "./offers.module.css";

const SHOWN = 3;

function takeAway(offerId: number): void {
  live.set((state) => {
    if (!state) return state;
    const { [offerId]: _gone, ...left } = state.offers;
    return { ...state, offers: left };
  });
}

export function Offers() {
  const byId = useLive((state) => state.offers);
  const offers = Object.values(byId).sort((a, b) => a.id - b.id);
  const [busy, setBusy] = useState<number | null>(null);
  const navigate = useNavigate();
  const answer = async (offer: OfferView, say: "accept" | "decline") => {
    if (busy !== null) return;
    setBusy(offer.id);
    try {
      const row = await answerOffer(offer.id, say);
      live.set((state) => state && putConversation(state, row));
      takeAway(offer.id);
      if (say === "accept") {
        await navigate({ to: "/desk/$conversationId", params: { conversationId: String(row.id) } });
      }
    } catch (error) {
      sayFailed(words.failed, error);
      takeAway(offer.id);
    } finally {
      setBusy(null);
    }
  };
  const first = offers[0];
  useKeys(first ? { a: () => void answer(first, "accept"), d: () => void answer(first, "decline") } : {}, {
    off: !first,
  });
  return (
    <section className={css.stack} aria-label={words.region}>
      {offers.slice(0, SHOWN).map((offer, place) => (
        <OfferCard
          key={offer.id}
          offer={offer}
          first={place === 0}
          busy={busy === offer.id}
          onAnswer={(say) => void answer(offer, say)}
        />
      ))}
      {offers.length > SHOWN && <p className={css.more}>{words.more(offers.length - SHOWN)}</p>}
      <div className="ab-visually-hidden" role="alert">
        {first && words.announced(nameOf(first.conversation.contact_name, first.conversation.customer_phone))}
      </div>
      {first && <DesktopNote offer={first} key={first.id} />}
    </section>
  );
}

function DesktopNote({ offer }: { offer: OfferView }) {
  const { contact_name, customer_phone, last_preview } = offer.conversation;
  useEffect(
    () =>
      notify(`${words.title}: ${nameOf(contact_name, customer_phone)}`, last_preview, `offer-${offer.id}`),
    [offer.id, contact_name, customer_phone, last_preview],
  );
  return null;
}
