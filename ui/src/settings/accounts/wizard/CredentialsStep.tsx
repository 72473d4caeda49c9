/** The credentials that the provider asks for; what is seldom needed is folded away. */
import { TextInput } from "@mantine/core";
import type { Provider, ProviderAccount } from "../../../api/settings-types";
import { wizardWords as words } from "../../../words/wizard";
import own from "../accounts.module.css";
import { CredentialInput } from "../CredentialInput";
import type { WizardDraft } from "./draft";

interface Props {
  provider: Provider;
  account: ProviderAccount | null;
  draft: WizardDraft;
  problems: Record<string, string>;
  onChange: (part: Partial<WizardDraft>) => void;
}

export function CredentialsStep({ provider, account, draft, problems, onChange }: Props) {
  const ofItsOwn = provider.api_base_url === null;
  const url = (
    <TextInput
      label={ofItsOwn ? words.endpoint : words.baseUrl}
      description={ofItsOwn ? words.endpointHint : words.baseUrlHint}
      placeholder={provider.api_example}
      type="url"
      required
      value={draft.apiBaseUrl}
      error={problems.api_base_url}
      onChange={(event) => onChange({ apiBaseUrl: event.currentTarget.value })}
    />
  );
  const inputs = (some: Provider["credentials"]) =>
    some.map((one) => (
      <CredentialInput
        key={one.name}
        credential={one}
        value={draft.credentials[one.name] ?? ""}
        known={account?.credentials[one.name]}
        problem={problems[`credentials.${one.name}`]}
        onChange={(value) => onChange({ credentials: { ...draft.credentials, [one.name]: value } })}
      />
    ));
  const isFolded = (one: Provider["credentials"][number]) => one.folded || one.generated;
  return (
    <>
      {ofItsOwn && url}
      {inputs(provider.credentials.filter((one) => !isFolded(one)))}
      <details className={own.more}>
        <summary>{words.seldom}</summary>
        <div>
          {!ofItsOwn && url}
          {inputs(provider.credentials.filter(isFolded))}
        </div>
      </details>
    </>
  );
}
