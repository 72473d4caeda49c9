/** The texts of one message by language, each with what the customer reads and what it costs. */
import { ActionIcon, Button, NativeSelect, Textarea } from "@mantine/core";
import { useRef } from "react";
import type { PartPriceView, Placeholder } from "../../api/schema.gen";
import { Icon } from "../../blocks/Icon";
import { languageOf, messagesWords as words } from "../../words/automation";
import css from "./messages.module.css";
import { costOf, sampleOf, type Texts } from "./wording";

interface Props {
  texts: Texts;
  placeholders: readonly Placeholder[];
  price: PartPriceView | null;
  fallback: string;
  /** By field, such as "texts.es". */
  problems: Record<string, string>;
  /** What `problems` call the texts. */
  field: string;
  label?: (language: string) => string;
  onChange: (texts: Texts) => void;
}

export function WordingFields(props: Props) {
  const { texts, fallback, onChange } = props;
  const languages = Object.keys(texts).sort((a, b) => Number(b === fallback) - Number(a === fallback));
  const missing = words.codes.filter((code) => !(code in texts));
  const { [fallback]: _first, ...others } = texts;
  return (
    <div className={css.wordings}>
      {languages.map((language) => (
        <Wording
          key={language}
          {...props}
          language={language}
          onText={(text) => onChange({ ...texts, [language]: text })}
          onRemove={
            language === fallback && Object.keys(others).length > 0
              ? undefined
              : () =>
                  onChange(Object.fromEntries(Object.entries(texts).filter(([code]) => code !== language)))
          }
        />
      ))}
      <NativeSelect
        className={css.add}
        aria-label={words.addLanguage}
        value=""
        data={[
          { value: "", label: words.addLanguage },
          ...missing.map((code) => ({ value: code, label: languageOf(code) })),
        ]}
        onChange={(event) =>
          event.currentTarget.value && onChange({ ...texts, [event.currentTarget.value]: "" })
        }
      />
    </div>
  );
}

interface WordingProps extends Props {
  language: string;
  onText: (text: string) => void;
  onRemove: (() => void) | undefined;
}

function Wording({ language, onText, onRemove, ...props }: WordingProps) {
  const { texts, placeholders, price, fallback, problems, field, label = words.text } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const text = texts[language] ?? "";
  const sample = sampleOf(text, placeholders, language);
  const cost = costOf(sample, price);
  const insert = (name: string) => {
    const at = area.current?.selectionStart ?? text.length;
    onText(`${text.slice(0, at)}{${name}}${text.slice(at)}`);
    area.current?.focus();
  };
  return (
    <div className={css.wording}>
      <Textarea
        ref={area}
        label={label(languageOf(language))}
        description={language === fallback ? words.fallback : undefined}
        rows={2}
        value={text}
        error={problems[`${field}.${language}`]}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <div className={css.below}>
        {placeholders.map((one) => (
          <Button key={one.name} size="compact-xs" variant="default" onClick={() => insert(one.name)}>
            {`{${one.name}}`}
          </Button>
        ))}
        {onRemove && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            className={css.remove}
            aria-label={words.removeLanguage(languageOf(language))}
            onClick={onRemove}
          >
            <Icon name="close" size={12} />
          </ActionIcon>
        )}
      </div>
      <p className={css.sample}>
        {sample !== text && (
          <span>
            {words.sample}: <q>{sample}</q>{" "}
          </span>
        )}
        <b data-dear={cost.parts.encoding === "ucs_2"}>
          {words.parts(cost.parts.parts)}
          {cost.price && price && `, ${words.price(cost.price, price.currency)}`}
        </b>
        {cost.parts.encoding === "ucs_2" && ` · ${words.dear}`}
      </p>
    </div>
  );
}
