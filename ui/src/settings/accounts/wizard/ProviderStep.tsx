/** Which provider, and a name for the account. What differs between them is said before one chooses. */
import { TextInput } from "@mantine/core";
import type { Provider } from "../../../api/settings-types";
import { wizardWords as words } from "../../../words/wizard";
import own from "../accounts.module.css";
import { choose, type WizardDraft } from "./draft";

interface Props {
  draft: WizardDraft;
  providers: readonly Provider[];
  /** A saved account keeps its provider. */
  fixed: boolean;
  onDraft: (draft: WizardDraft) => void;
}

export function ProviderStep({ draft, providers, fixed, onDraft }: Props) {
  return (
    <>
      <fieldset className={own.providers}>
        <legend className="ab-visually-hidden">{words.provider}</legend>
        {providers.map((one) => (
          <label key={one.name} className={own.number}>
            <input
              type="radio"
              name="provider"
              checked={draft.provider === one.name}
              disabled={fixed}
              onChange={() => onDraft(choose(draft, one, providers))}
            />
            <span>
              <b>{one.label}</b>
              <small>{one.media ? words.pictures : words.textsOnly}</small>{" "}
              <small>{one.listed_types.length > 0 ? words.listsNumbers : words.typedNumbers}</small>{" "}
              <small>{one.sets_callbacks ? words.setsCallbacks : words.copiedCallbacks}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {draft.provider !== "" && (
        <TextInput
          label={words.name}
          description={words.nameHint}
          value={draft.name}
          required
          onChange={(event) => onDraft({ ...draft, name: event.currentTarget.value })}
        />
      )}
    </>
  );
}
