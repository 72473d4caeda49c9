/** One account: does it work, where do its webhooks go, what knocked and was not taken. */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import type { ProviderAccount } from "../../api/settings-types";
import { PageHead } from "../../blocks/Rows";
import { Notice } from "../../blocks/Small";
import { common } from "../../words/common";
import { settings, accountWords as words } from "../../words/settings";
import { wizardWords } from "../../words/wizard";
import { AccountForm } from "./AccountForm";
import own from "./accounts.module.css";
import { CallbackLines } from "./CallbackLines";
import { Checks } from "./Checks";
import { Signatures } from "./Signatures";
import { TestText } from "./TestText";
import { labelOf, useProviders } from "./useProviders";
import { Webhooks } from "./Webhooks";

export function AccountPage({ account }: { account: ProviderAccount }) {
  const [editing, setEditing] = useState(false);
  const providers = useProviders();
  const provider = providers.data?.find((one) => one.name === account.provider);
  return (
    <>
      <PageHead
        title={account.name}
        about={`${labelOf(providers.data, account.provider)} · ${account.api_base_url}`}
        back={{ to: "/settings/provider-accounts", label: settings.pages["provider-accounts"] ?? "" }}
      >
        <Button component={Link} to={`/settings/provider-accounts/setup-${account.id}`} variant="default">
          {wizardWords.resume}
        </Button>
        <Button variant="default" onClick={() => setEditing(true)}>
          {common.edit}
        </Button>
      </PageHead>
      {account.credentials_problem && (
        <Notice tone="bad" icon="warn">
          {account.credentials_problem}
        </Notice>
      )}
      <div className={own.panels}>
        <Panel title={words.checks}>
          <Checks accountId={account.id} />
        </Panel>
        <div className={own.column}>
          <Panel title={words.testSend}>
            <TestText accountId={account.id} />
          </Panel>
          <Panel title={words.signatures}>
            <Signatures account={account} />
          </Panel>
        </div>
        <Panel title={words.callbacks} wide>
          <CallbackLines account={account} />
        </Panel>
        <Panel title={words.health} wide>
          <Webhooks accountId={account.id} />
        </Panel>
      </div>
      {editing && provider && (
        <AccountForm account={account} provider={provider} onClose={() => setEditing(false)} />
      )}
    </>
  );
}

function Panel({ title, wide, children }: { title: string; wide?: boolean; children: ReactNode }) {
  return (
    <section className={own.panel} data-wide={wide}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
