/** One credential as the provider's facts describe it: secrets are dotted and only ever replaced. */
import { PasswordInput, TextInput } from "@mantine/core";
import type { Provider } from "../../api/settings-types";
import { wizardWords as words } from "../../words/wizard";

interface Props {
  credential: Provider["credentials"][number];
  value: string;
  /** What is saved, masked; undefined where nothing is. */
  known: string | undefined;
  problem: string | undefined;
  onChange: (value: string) => void;
}

export function CredentialInput({ credential, value, known, problem, onChange }: Props) {
  const hints = [
    credential.help,
    known ? `${words.keepSecret}.` : credential.generated ? `${words.madeHere}.` : "",
  ];
  const props = {
    label: credential.label,
    description: hints.filter(Boolean).join(" "),
    placeholder: known ?? "",
    error: problem,
    required: credential.required && !credential.generated && known === undefined,
    autoComplete: "off",
    value,
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => onChange(event.currentTarget.value),
  };
  return credential.secret ? <PasswordInput {...props} /> : <TextInput {...props} />;
}
