/** What became of one text that was sent to many, in a word. */
import type { IconName } from "../blocks/Icon";
import { Tag, type Tone } from "../blocks/Small";
import { outcomeWords } from "../words/outbound";

const LOOKS: Record<string, { tone: Tone; icon: IconName }> = {
  delivered: { tone: "good", icon: "checks" },
  read: { tone: "good", icon: "checks" },
  sent: { tone: "plain", icon: "check" },
  accepted: { tone: "plain", icon: "check" },
  waits: { tone: "calm", icon: "clock" },
  waiting: { tone: "calm", icon: "clock" },
  on_the_way: { tone: "plain", icon: "send" },
  stopped: { tone: "plain", icon: "close" },
  scheduled: { tone: "calm", icon: "clock" },
  refused: { tone: "warn", icon: "block" },
  failed: { tone: "bad", icon: "warn" },
  undelivered: { tone: "bad", icon: "warn" },
  unclear: { tone: "warn", icon: "why" },
  canceled: { tone: "plain", icon: "close" },
};

export function OutcomeTag({ outcome }: { outcome: string }) {
  const { tone, icon } = LOOKS[outcome] ?? { tone: "plain", icon: "clock" };
  return (
    <Tag tone={tone} icon={icon}>
      {outcomeWords[outcome] ?? outcome}
    </Tag>
  );
}
