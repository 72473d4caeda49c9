/** Where a template stands, in a word. */
import type { MessageTemplate } from "../../api/schema.gen";
import type { IconName } from "../../blocks/Icon";
import { Tag, type Tone } from "../../blocks/Small";
import { templateWords as words } from "../../words/outreach";
import { type State, stateOf } from "./form";

const LOOKS: Record<State, { tone: Tone; icon: IconName }> = {
  approved: { tone: "good", icon: "check" },
  beside: { tone: "good", icon: "note" },
  draft: { tone: "warn", icon: "note" },
  rejected: { tone: "bad", icon: "close" },
  archived: { tone: "plain", icon: "block" },
};

export function StateTag({ template }: { template: MessageTemplate }) {
  const state = stateOf(template);
  return <Tag {...LOOKS[state]}>{words.states[state]}</Tag>;
}
