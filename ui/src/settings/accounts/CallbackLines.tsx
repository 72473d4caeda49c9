/** The addresses that the provider calls, to copy. */
import type { ProviderAccount } from "../../api/settings-types";
import { Notice } from "../../blocks/Small";
import { accountWords as words } from "../../words/settings";
import { CopyLine } from "../CopyLine";

export function CallbackLines({ account }: { account: ProviderAccount }) {
  if (!account.callback_urls) {
    return (
      <Notice tone="warn" icon="warn">
        {words.urlsMissing}
      </Notice>
    );
  }
  const { message, status, voice } = account.callback_urls;
  if (message === status && status === voice) return <CopyLine label={words.urls.all} text={message} />;
  return (
    <>
      <CopyLine label={words.urls.message} text={message} />
      <CopyLine label={words.urls.status} text={status} />
      <CopyLine label={words.urls.voice} text={voice} />
    </>
  );
}
