/** One template being written: words by language with their cost, slots, how it reads, and who decides on it. */
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { MessageTemplate } from "../../api/schema.gen";
import { Icon } from "../../blocks/Icon";
import { LeaveAsk } from "../../blocks/LeaveAsk";
import { Kbd, Notice, Tag } from "../../blocks/Small";
import { MOD, useKeys } from "../../keys/keys";
import { templateWords as words } from "../../words/outreach";
import { Decision } from "./Decision";
import { Ending } from "./Ending";
import css from "./editor.module.css";
import { localesOf, type Purpose } from "./form";
import { Preview } from "./Preview";
import { Slots } from "./Slots";
import { StateTag } from "./StateTag";
import { useEditor } from "./useEditor";
import { Versions } from "./Versions";
import { Wordings } from "./Wordings";

export function TemplateEditor({ template }: { template: MessageTemplate | null }) {
  const editor = useEditor(template);
  const { form, change, problems, dirty, busy, save } = editor;
  const [chosen, setLocale] = useState(form.default_locale);
  const locale = chosen in form.texts ? chosen : form.default_locale;
  const submit = async () => {
    const wrong = await save();
    const where = wrong && localesOf(form).find((one) => `texts.${one}` in wrong);
    if (where && !(`texts.${locale}` in wrong)) setLocale(where);
  };
  useKeys({ "mod+s": () => void submit() });
  return (
    <div className={css.editor}>
      <LeaveAsk when={editor.unsaved} />
      <Link to="/outreach/$page" params={{ page: "templates" }} className={css.back}>
        <Icon name="back" size={12} /> {words.back}
      </Link>
      <header className={css.head}>
        <h2>{template?.name ?? words.newTitle}</h2>
        {template && <StateTag template={template} />}
        {dirty && template && <Tag tone="warn">{words.unsaved}</Tag>}
        <div className={css.acts}>
          {template && <Decision template={template} dirty={dirty} />}
          <Button
            loading={busy}
            disabled={!dirty}
            title={dirty ? undefined : words.sameHint}
            onClick={() => void submit()}
            rightSection={<Kbd>{MOD} S</Kbd>}
          >
            {words.save}
          </Button>
        </div>
      </header>
      <Standing template={template} />
      {editor.failure && (
        <div role="alert">
          <Notice tone="bad" icon="warn">
            {editor.failure}
          </Notice>
        </div>
      )}
      <div className={css.columns}>
        <div className={css.fields}>
          <div className={css.pair}>
            <TextInput
              label={words.name}
              placeholder={words.namePlaceholder}
              required
              maxLength={200}
              value={form.name}
              error={problems.name}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
            <NativeSelect
              label={words.purpose}
              value={form.purpose}
              data={Object.entries(words.purposes).map(([value, label]) => ({ value, label }))}
              inputWrapperOrder={["label", "input", "description", "error"]}
              description={words.purposeHints[form.purpose]}
              onChange={(event) => change({ purpose: event.currentTarget.value as Purpose })}
            />
          </div>
          <Wordings form={form} problems={problems} locale={locale} onLocale={setLocale} onChange={change} />
          <Slots form={form} problems={problems} onChange={change} />
          {template && <Versions template={template} />}
          {template && <Ending template={template} onGone={editor.release} />}
        </div>
        <Preview template={template} form={form} locale={locale} dirty={dirty} />
      </div>
    </div>
  );
}

/** What is sent meanwhile, and what has to happen before this is. */
function Standing({ template }: { template: MessageTemplate | null }) {
  if (!template) return null;
  const { archived, approved, draft } = template;
  return (
    <>
      {archived && (
        <Notice tone="plain" icon="block">
          {words.isArchived}
        </Notice>
      )}
      {draft?.state === "rejected" && (
        <Notice tone="bad" icon="warn">
          {words.wasRejected(draft.reason)}
        </Notice>
      )}
      {draft?.state === "draft" && (
        <Notice tone="warn" icon="clock">
          {approved ? words.beside(approved.version) : words.waits}
        </Notice>
      )}
    </>
  );
}
