/** What an administrator enters for Twilio, and where each is found. */
import { accountWords as words } from "../../words/settings";

export const SECRETS = [
  "account_sid",
  "auth_token",
  "api_key_sid",
  "api_key_secret",
  "shared_key_id",
  "shared_key_secret",
] as const;

export type Secret = (typeof SECRETS)[number];

const LABELS: Record<Secret, string> = {
  account_sid: words.sid,
  auth_token: words.token,
  api_key_sid: words.keySid,
  api_key_secret: words.keySecret,
  shared_key_id: words.sharedId,
  shared_key_secret: words.sharedSecret,
};
const HINTS: Partial<Record<Secret, string>> = {
  account_sid: words.sidHint,
  auth_token: words.tokenHint,
  api_key_sid: words.keyHint,
  shared_key_id: words.sharedHint,
};

export const secretLabel = (secret: Secret): string => LABELS[secret];
export const secretHint = (secret: Secret): string | undefined => HINTS[secret];
export const REQUIRED: readonly Secret[] = ["account_sid", "auth_token"];
export const OPTIONAL: readonly Secret[] = SECRETS.filter((secret) => !REQUIRED.includes(secret));
