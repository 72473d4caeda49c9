/** A flow that another system begins by calling its address: the address, and where things stand in what it sends. */
import { ActionIcon, Button, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { readFlowAddress, renewFlowAddress } from "../../api/flow-calls";
import type { Called } from "../../api/schema.gen";
import { Ask } from "../../blocks/Ask";
import { copyText } from "../../blocks/copying";
import { Icon } from "../../blocks/Icon";
import { Notice } from "../../blocks/Small";
import { common } from "../../words/common";
import { builderWords } from "../../words/flows";
import { timedWords as words } from "../../words/timed-flows";
import css from "../flows.module.css";
import { Expression } from "./Expression";

interface Props {
  flowId: number;
  trigger: Called;
  problem: (field: string) => string | undefined;
  onChange: (part: Partial<Called>, about: string) => void;
}

export function CalledFields({ flowId, trigger, problem, onChange }: Props) {
  return (
    <>
      <Address flowId={flowId} />
      <Expression
        label={words.phoneIn}
        hint={words.phoneInHint}
        value={trigger.phone ?? "trigger.phone"}
        error={problem("trigger.phone")}
        onChange={(phone) => onChange({ phone: phone || "trigger.phone" }, "trigger.phone")}
      />
      <Expression
        label={words.keyIn}
        hint={words.keyInHint}
        value={trigger.key ?? ""}
        error={problem("trigger.key")}
        onChange={(key) => onChange({ key: key || null }, "trigger.key")}
      />
      <Expression
        label={builderWords.onlyWhen}
        hint={words.onlyWhenCalled}
        value={trigger.when ?? ""}
        error={problem("trigger.when")}
        onChange={(when) => onChange({ when: when || null }, "trigger.when")}
      />
    </>
  );
}

function Address({ flowId }: { flowId: number }) {
  const queries = useQueryClient();
  const [renewing, setRenewing] = useState(false);
  const key = ["flow", flowId, "address"];
  const address = useQuery({ queryKey: key, queryFn: () => readFlowAddress(flowId) });
  const renew = async () => {
    queries.setQueryData(key, await renewFlowAddress(flowId));
  };
  if (address.isError) {
    return (
      <Notice tone="bad" icon="warn">
        {words.addressFailed}
      </Notice>
    );
  }
  return (
    <div className={css.form}>
      <TextInput
        readOnly
        label={words.address}
        description={words.addressHint}
        value={address.data ?? ""}
        rightSection={
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`${common.copy}: ${words.address}`}
            onClick={() => copyText(address.data ?? "")}
          >
            <Icon name="copy" />
          </ActionIcon>
        }
      />
      <Button size="compact-sm" variant="default" disabled={!address.data} onClick={() => setRenewing(true)}>
        {words.renewAddress}…
      </Button>
      {renewing && (
        <Ask
          title={words.renewAsk}
          act={words.renewAddress}
          keep={builderWords.keep}
          failed={words.renewFailed}
          onYes={renew}
          onClose={() => setRenewing(false)}
        >
          {words.renewHint}
        </Ask>
      )}
    </div>
  );
}
