/** Provider accounts: the list, one account, or the wizard that connects a new one. */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Provider, ProviderAccount, SmsNumber } from "../../api/settings-types";
import { EmptyFace, LoadingFace } from "../../blocks/Faces";
import { Icon } from "../../blocks/Icon";
import type { Column } from "../../blocks/Rows";
import { Tag } from "../../blocks/Small";
import { settings, accountWords as words } from "../../words/settings";
import { wizardWords } from "../../words/wizard";
import { ListPage } from "../ListPage";
import { rowOf, useRows } from "../useRows";
import { AccountPage } from "./AccountPage";
import { labelOf, useProviders } from "./useProviders";
import { Wizard } from "./wizard/Wizard";

const columnsOf = (providers: readonly Provider[] | undefined): Column<ProviderAccount>[] => [
  { title: words.name, cell: (one) => one.name },
  { title: words.provider, cell: (one) => labelOf(providers, one.provider) },
  { title: wizardWords.baseUrl, cell: (one) => one.api_base_url },
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
  const numbers = useRows<SmsNumber>("numbers");
  const providers = useProviders();
  const settingUp = rowId === "new" || rowId?.startsWith("setup-");
  const account = rowOf(rows.data, rowId?.replace("setup-", "") ?? null);
  if (settingUp && account !== undefined && numbers.data && providers.data) {
    return <Wizard account={account} providers={providers.data} numbers={numbers.data} />;
  }
  if (settingUp && (numbers.isPending || providers.isPending)) return <LoadingFace />;
  if (account) return <AccountPage key={account.id} account={account} />;
  if (rowId !== null) return rows.isPending ? <LoadingFace /> : <Gone />;
  return (
    <ListPage
      page="provider-accounts"
      rows={rows}
      columns={columnsOf(providers.data)}
      nameOf={(one) => one.name}
    />
  );
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
