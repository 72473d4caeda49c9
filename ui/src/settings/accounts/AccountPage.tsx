/** One account: does it work, where do its webhooks go, what knocked and was not taken. */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import type { ProviderAccount } from "../../api/settings-types";
import { Icon } from "../../blocks/Icon";
import { Notice } from "../../blocks/Small";
import { common } from "../../words/common";
import { settings, accountWords as words } from "../../words/settings";
import { CopyLine } from "../CopyLine";
import css from "../settings.module.css";
import { AccountForm } from "./AccountForm";
import own from "./accounts.module.css";
import { Checks } from "./Checks";
import { TestText } from "./TestText";
import { Webhooks } from "./Webhooks";

export function AccountPage({ account }: { account: ProviderAccount }) {
  const [editing, setEditing] = useState(false);
  return (
    <>
      <header className={css.head}>
        <div>
          <Link to="/settings/$page" params={{ page: "provider-accounts" }} className={own.back}>
            <Icon name="back" size={12} /> {settings.pages["provider-accounts"]}
          </Link>
          <h2>{account.name}</h2>
          <p>
            {words.twilio} <code>{account.credentials.account_sid}</code> · {account.api_base_url}
          </p>
        </div>
        <Button variant="default" onClick={() => setEditing(true)}>
          {common.edit}
        </Button>
      </header>
      {account.credentials_problem && (
        <Notice tone="bad" icon="warn">
          {account.credentials_problem}
        </Notice>
      )}
      <div className={own.panels}>
        <Panel title={words.checks}>
          <Checks accountId={account.id} />
        </Panel>
        <Panel title={words.testSend}>
          <TestText accountId={account.id} numberId={null} />
        </Panel>
        <Panel title={words.callbacks} wide>
          <CallbackLines account={account} />
        </Panel>
        <Panel title={words.health} wide>
          <Webhooks accountId={account.id} />
        </Panel>
      </div>
      {editing && <AccountForm account={account} onClose={() => setEditing(false)} />}
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

export function CallbackLines({ account }: { account: ProviderAccount }) {
  if (!account.callback_urls) {
    return (
      <Notice tone="warn" icon="warn">
        {words.urlsMissing}
      </Notice>
    );
  }
  const { message, status, voice } = account.callback_urls;
  return (
    <>
      <CopyLine label={words.urls.message} text={message} />
      <CopyLine label={words.urls.status} text={status} />
      <CopyLine label={words.urls.voice} text={voice} />
    </>
  );
}
