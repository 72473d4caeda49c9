/** How far a text of ours got: ticks with their word; why it failed and the way to send it again. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { resendMessage } from "../../api/calls";
import { ApiError } from "../../api/client";
import { freshKey } from "../../api/key";
import type { MessageView } from "../../api/types";
import { Icon, type IconName } from "../../blocks/Icon";
import { sayFailed } from "../../blocks/toasts";
import { exactOf } from "../../time/format";
import { deliveryOf, failureOf, thread as words } from "../../words/thread";
import css from "./thread.module.css";

const MARK: Record<string, IconName> = {
  queued: "clock",
  sending: "clock",
  accepted: "check",
  sent: "check",
  delivered: "checks",
  read: "checks",
  failed: "warn",
  undelivered: "warn",
  refused: "warn",
  unclear: "why",
  canceled: "close",
};

export function Delivery({ message }: { message: MessageView }) {
  const at = message.delivered_at ?? message.sent_at;
  const cost = message.price === null ? "" : ` · ${message.price} ${message.price_currency ?? ""}`;
  const exact = at ? `${deliveryOf(message)} ${exactOf(at)}` : deliveryOf(message);
  return (
    <span
      className={css.delivery}
      data-status={message.status}
      title={`${exact} · ${words.parts(message.parts)}${cost}`}
    >
      {deliveryOf(message)}
      <Icon name={MARK[message.status] ?? "clock"} size={12} />
    </span>
  );
}

export function Failure({ message }: { message: MessageView }) {
  const [busy, setBusy] = useState(false);
  const [key] = useState(freshKey);
  const resend = async () => {
    setBusy(true);
    try {
      await resendMessage(message.id, key);
    } catch (error) {
      if (!(error instanceof ApiError && error.problem.message)) sayFailed(words.resendFailed, error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={css.failure} data-unclear={message.status === "unclear"}>
      <span>
        {failureOf(message)}
        {message.error_code && <span className={css.code}> {message.error_code}</span>}
      </span>
      <Button size="compact-xs" variant="default" loading={busy} onClick={() => void resend()}>
        {message.status === "unclear" ? words.resendUnclear : words.resend}
      </Button>
    </div>
  );
}
