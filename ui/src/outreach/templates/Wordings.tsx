/** The languages of a template as tabs, and the words of the one that is open. */
import { Button, NativeSelect } from "@mantine/core";
import { type KeyboardEvent, useId } from "react";
import { Icon } from "../../blocks/Icon";
import { languageOf, messagesWords } from "../../words/automation";
import { templateWords as words } from "../../words/outreach";
import css from "./editor.module.css";
import { type Form, localesOf } from "./form";
import type { Problems } from "./useEditor";
import { WordingField } from "./WordingField";

const CODES = [...messagesWords.codes, "en-US", "en-GB", "es-US", "es-MX", "fr-CA", "pt-BR", "zh-Hant"];

interface Props {
  form: Form;
  problems: Problems;
  locale: string;
  onLocale: (locale: string) => void;
  onChange: (part: Partial<Form>) => void;
}

export function Wordings({ form, problems, locale, onLocale, onChange }: Props) {
  const id = useId();
  const locales = localesOf(form);
  const { [locale]: _open, ...others } = form.texts;
  const isDefault = locale === form.default_locale;
  const add = (code: string) => {
    onChange({ texts: { ...form.texts, [code]: "" } });
    onLocale(code);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const next = locales[(locales.indexOf(locale) + step + locales.length) % locales.length];
    if (step === 0 || !next) return;
    event.preventDefault();
    onLocale(next);
    document.getElementById(`${id}-${next}`)?.focus();
  };
  return (
    <section className={css.section} aria-label={words.languages}>
      <div className={css.languages}>
        <div className={css.tabs} role="tablist" aria-label={words.languages} onKeyDown={onKey}>
          {locales.map((one) => (
            <button
              key={one}
              id={`${id}-${one}`}
              type="button"
              role="tab"
              aria-selected={one === locale}
              aria-controls={`${id}-panel`}
              tabIndex={one === locale ? 0 : -1}
              className={css.tab}
              onClick={() => onLocale(one)}
            >
              {languageOf(one)}
              {one === form.default_locale && <small>{words.isDefault}</small>}
              {`texts.${one}` in problems && (
                <span className={css.wrong} title={words.hasProblem}>
                  <Icon name="warn" size={14} />
                  <span className="ab-visually-hidden">{words.hasProblem}</span>
                </span>
              )}
            </button>
          ))}
        </div>
        <NativeSelect
          aria-label={words.addLanguage}
          value=""
          data={[
            { value: "", label: words.addLanguage },
            ...CODES.filter((code) => !(code in form.texts)).map((code) => ({
              value: code,
              label: languageOf(code),
            })),
          ]}
          onChange={(event) => event.currentTarget.value && add(event.currentTarget.value)}
        />
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${locale}`} className={css.panel}>
        <WordingField
          key={locale}
          form={form}
          locale={locale}
          problem={problems[`texts.${locale}`]}
          onText={(text) => onChange({ texts: { ...form.texts, [locale]: text } })}
        />
        <footer className={css.tabFoot}>
          {isDefault ? (
            <span>{words.defaultHint}</span>
          ) : (
            <>
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => onChange({ default_locale: locale })}
              >
                {words.makeDefault}
              </Button>
              <Button
                size="compact-xs"
                variant="subtle"
                color="red"
                onClick={() => {
                  onChange({ texts: others });
                  onLocale(form.default_locale);
                }}
              >
                {words.removeLanguage(languageOf(locale))}
              </Button>
            </>
          )}
        </footer>
      </div>
    </section>
  );
}
