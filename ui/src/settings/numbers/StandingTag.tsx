/** How a number stands with the carriers, at a glance. */
import type { Standing } from "../../api/settings-types";
import { Tag, type Tone } from "../../blocks/Small";
import { registrationWords as words } from "../../words/registration";

const TONES: Record<string, Tone> = {
  approved: "good",
  pending: "warn",
  unregistered: "bad",
  rejected: "bad",
};

export function StandingTag({ standing }: { standing: Standing | undefined }) {
  if (!standing) return null;
  const { status, override_reason } = standing.registration;
  const near = standing.usage.some((one) => one.near);
  return (
    <>
      {standing.kind === null ? (
        <Tag>{words.notAsked}</Tag>
      ) : standing.refusal !== null && override_reason !== "" ? (
        <Tag tone="warn" icon="warn">
          {words.overridden}
        </Tag>
      ) : (
        <Tag tone={TONES[status]} icon={status === "approved" ? "check" : undefined}>
          {words.short[status]}
        </Tag>
      )}
      {near && (
        <Tag tone="warn" icon="warn">
          {words.near}
        </Tag>
      )}
    </>
  );
}
