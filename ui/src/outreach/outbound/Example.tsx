/** The example of an order, ready to copy. */
import { useState } from "react";
import { curlOf } from "../../api/curl";
import type { MessageTemplate } from "../../api/schema.gen";
import { CodeBox } from "../../blocks/CodeBox";
import { Tabs } from "../../blocks/Tabs";
import { outboundWords as words } from "../../words/outbound";
import { orderOf } from "./example";

type Format = keyof typeof words.formats;

export function Example(props: { configurationId: number; template: MessageTemplate | undefined }) {
  const [format, setFormat] = useState<Format>("curl");
  const order = orderOf(props.configurationId, props.template);
  const text = format === "curl" ? curlOf("/outbound-messages", order) : order;
  return (
    <CodeBox label={words.example} copy={words.copy} text={text}>
      <Tabs label={words.formatNav} all={words.formats} open={format} onOpen={setFormat} />
    </CodeBox>
  );
}
