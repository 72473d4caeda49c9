/** How far a text of ours got: ticks with their word; why it failed and the way to send it again. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { leaveMessage, resendMessage } from "../../api/calls";
import { ApiError } from "../../api/client";
import { freshKey } from "../../api/key";
import type { MessageView } from "../../api/types";
import { Icon, type IconName } from "../../blocks/Icon";
import { sayFailed } from "../../blocks/toasts";
import { exactOf } from "../../time/format";
import { deliveryOf, failureOf, viaOf, thread as words } from "../../words/thread";
import css from "./thread.module.css";

const MARK: Record<string, IconName> = {
  scheduled: "clock",
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
  const act = async (what: () => Promise<unknown>, failed: string) => {
    setBusy(true);
    try {
      await what();
    } catch (error) {
      if (!(error instanceof ApiError && error.problem.message)) sayFailed(failed, error);
    } finally {
      setBusy(false);
    }
  };
  const resend = () => act(() => resendMessage(message.id, key), words.resendFailed);
  const leave = () => act(() => leaveMessage(message.id), words.leaveFailed);
  const unclear = message.status === "unclear";
  return (
    <div className={css.failure} data-unclear={unclear} data-dealt={message.dealt !== null}>
      <span>
        {failureOf(message)}
        <span className={css.code}>
          {" "}
          {viaOf(message.failed_account, message.failed_number, message.error_code)}
        </span>
      </span>
      {message.dealt === "resent" ? (
        <span className={css.dealt}>{words.dealt.resent}</span>
      ) : (
        <>
          {message.dealt === "left" && <span className={css.dealt}>{words.dealt.left}</span>}
          <Button size="compact-xs" variant="default" loading={busy} onClick={() => void resend()}>
            {unclear ? words.resendUnclear : words.resend}
          </Button>
          {message.dealt === null && message.status !== "refused" && (
            <Button size="compact-xs" variant="subtle" disabled={busy} onClick={() => void leave()}>
              {words.leave}
            </Button>
          )}
        </>
      )}
    </div>
  );
}
