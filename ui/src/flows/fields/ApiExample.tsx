/** How a system begins the flow by the API, with what its steps ask of the trigger; ready to copy. */
import { curlOf } from "../../api/curl";
import type { Definition, MessageTemplate } from "../../api/schema.gen";
import { CodeBox } from "../../blocks/CodeBox";
import { common } from "../../words/common";
import { builderWords as words } from "../../words/flows";
import css from "../flows.module.css";
import { sampleFacts } from "../sampleFacts";

interface Props {
  flowId: number;
  draft: Definition;
  templates: readonly MessageTemplate[];
}

export function ApiExample({ flowId, draft, templates }: Props) {
  const one = { phone: "+12125550123", key: "case 7", facts: sampleFacts(draft, templates) };
  return (
    <CodeBox
      label={words.byApi}
      copy={common.copy}
      text={curlOf(`/flows/${flowId}/runs`, JSON.stringify({ items: [one] }, null, 2))}
    >
      <span className={css.title}>{words.byApi}</span>
    </CodeBox>
  );
}
