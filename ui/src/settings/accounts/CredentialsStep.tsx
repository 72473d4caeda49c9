/** Step 2: credentials; the checks at the side run as they are typed. */
import { PasswordInput, TextInput } from "@mantine/core";
import { accountWords as words } from "../../words/settings";
import own from "./accounts.module.css";
import { OPTIONAL, REQUIRED, type Secret, secretHint, secretLabel } from "./secrets";
import type { WizardDraft } from "./wizardState";

interface Props {
  draft: WizardDraft;
  problems: Record<string, string>;
  onChange: (part: Partial<WizardDraft>) => void;
}

export function CredentialsStep({ draft, problems, onChange }: Props) {
  const input = (secret: Secret) => {
    const props = {
      label: secretLabel(secret),
      description: secretHint(secret),
      error: problems[`credentials.${secret}`],
      required: REQUIRED.includes(secret),
      autoComplete: "off",
      value: draft.credentials[secret] ?? "",
      onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
        onChange({ credentials: { ...draft.credentials, [secret]: event.currentTarget.value } }),
    };
    const open = secret.endsWith("_sid") || secret.endsWith("_id");
    return open ? <TextInput key={secret} {...props} /> : <PasswordInput key={secret} {...props} />;
  };
  return (
    <>
      {REQUIRED.map(input)}
      <details className={own.more}>
        <summary>{words.moreKeys}</summary>
        <div>{OPTIONAL.map(input)}</div>
      </details>
    </>
  );
}
