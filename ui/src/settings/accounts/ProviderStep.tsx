/** Step 1: which provider, and a name for the account. */
import { TextInput } from "@mantine/core";
import { accountWords as words } from "../../words/settings";
import type { WizardDraft } from "./wizardState";

interface Props {
  draft: WizardDraft;
  onChange: (part: Partial<WizardDraft>) => void;
}

export function ProviderStep({ draft, onChange }: Props) {
  return (
    <>
      <TextInput label={words.provider} value={words.twilio} readOnly />
      <TextInput
        label={words.name}
        description={words.nameHint}
        value={draft.name}
        required
        autoFocus
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        label={words.baseUrl}
        description={words.baseUrlHint}
        type="url"
        value={draft.apiBaseUrl}
        required
        onChange={(event) => onChange({ apiBaseUrl: event.currentTarget.value })}
      />
    </>
  );
}
