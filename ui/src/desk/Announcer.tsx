/** Tells screen readers what the customer just wrote; the thread itself is too long to be a live region. */
import { useEffect, useRef, useState } from "react";
import type { ConversationView } from "../api/types";
import { nameOf } from "../words/common";

export function Announcer({ conversation }: { conversation: ConversationView }) {
  const { last_seq, last_direction, last_preview, contact_name, customer_phone } = conversation;
  const seen = useRef(last_seq);
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (last_seq <= seen.current) return;
    seen.current = last_seq;
    if (last_direction === "inbound") setSaid(`${nameOf(contact_name, customer_phone)}: ${last_preview}`);
  }, [last_seq, last_direction, last_preview, contact_name, customer_phone]);
  return (
    <div className="ab-visually-hidden" aria-live="polite">
      {said}
    </div>
  );
}
