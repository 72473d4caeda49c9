/** Provider accounts: the list, one account, or the wizard that connects a new one. */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ProviderAccount } from "../../api/settings-types";
import { EmptyFace, LoadingFace } from "../../blocks/Faces";
import { Icon } from "../../blocks/Icon";
import { Tag } from "../../blocks/Small";
import { settings, accountWords as words } from "../../words/settings";
import { type Column, ListPage } from "../ListPage";
import { rowOf, useRows } from "../useRows";
import { AccountPage } from "./AccountPage";
import { Wizard } from "./Wizard";

const COLUMNS: readonly Column<ProviderAccount>[] = [
  { title: words.name, cell: (one) => one.name },
  { title: words.provider, cell: (one) => (one.provider === "twilio" ? words.twilio : one.provider) },
  { title: words.sid, cell: (one) => <code>{one.credentials.account_sid}</code> },
  { title: words.baseUrl, cell: (one) => one.api_base_url },
  {
    title: words.signature,
    cell: (one) =>
      one.signature_mode === "observe" ? (
        <Tag tone="warn" icon="warn">
          {words.signatureModes.observe}
        </Tag>
      ) : (
        words.signatureModes.enforce
      ),
  },
  { title: "", cell: (one) => (one.active ? null : <Tag>{settings.inactive}</Tag>) },
];

export default function AccountsPage({ rowId }: { rowId: string | null }) {
  const rows = useRows<ProviderAccount>("provider-accounts");
  if (rowId === "new") return <Wizard />;
  const account = rowOf(rows.data, rowId);
  if (account) return <AccountPage key={account.id} account={account} />;
  if (rowId !== null) return rows.isPending ? <LoadingFace /> : <Gone />;
  return <ListPage page="provider-accounts" rows={rows} columns={COLUMNS} nameOf={(one) => one.name} />;
}

function Gone() {
  return (
    <EmptyFace
      icon="search"
      title={settings.readFailed}
      action={
        <Button
          component={Link}
          to="/settings/provider-accounts"
          variant="default"
          leftSection={<Icon name="back" />}
        >
          {settings.pages["provider-accounts"]}
        </Button>
      }
    />
  );
}
