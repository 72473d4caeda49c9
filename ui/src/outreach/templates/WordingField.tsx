/** The words in one language: slots to put in, and what the text costs with the samples. */
import { Button, Textarea } from "@mantine/core";
import { useLayoutEffect, useRef } from "react";
import { countParts, makePlain } from "../../text/parts";
import { languageOf } from "../../words/automation";
import { templateWords as words } from "../../words/outreach";
import css from "./editor.module.css";
import { BUILT_IN, type Form, sampleOf } from "./form";

const SHOWN = 5;
/** Not every customer has a name: such a hole begins with something to say instead. */
const OFTEN_MISSING = new Set(["CustomerName", "CustomerFirstName"]);
const instead = (locale: string) => (locale.startsWith("en") ? "there" : "");

interface Props {
  form: Form;
  locale: string;
  problem: string | undefined;
  onText: (text: string) => void;
}

export function WordingField({ form, locale, problem, onText }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const mark = useRef<[number, number] | null>(null);
  const text = form.texts[locale] ?? "";
  useLayoutEffect(() => {
    if (!mark.current || !area.current) return;
    area.current.focus();
    area.current.setSelectionRange(...mark.current);
    mark.current = null;
  });
  const insert = (name: string) => {
    const from = area.current?.selectionStart ?? text.length;
    const to = area.current?.selectionEnd ?? from;
    const said = OFTEN_MISSING.has(name) ? instead(locale) : null;
    const hole = said === null ? `{${name}}` : `{${name}|${said}}`;
    const end = from + hole.length;
    mark.current = said === null ? [end, end] : [end - 1 - said.length, end - 1];
    onText(text.slice(0, from) + hole + text.slice(to));
  };
  return (
    <>
      <Textarea
        ref={area}
        label={words.text(languageOf(locale))}
        autosize
        minRows={4}
        maxRows={14}
        lang={locale}
        dir="auto"
        value={text}
        error={problem}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <div className={css.inserts}>
        <span>{words.insert}</span>
        {[...form.slots.map((slot) => slot.name).filter(Boolean), ...Object.keys(BUILT_IN)].map((name) => (
          <Button
            key={name}
            size="compact-xs"
            variant="default"
            aria-label={words.insertSlot(name)}
            onClick={() => insert(name)}
          >
            {name}
          </Button>
        ))}
      </div>
      <p className={css.hint}>{words.insteadHint}</p>
      <Cost text={text} sample={sampleOf(form, locale)} onText={onText} />
    </>
  );
}

function Cost({ text, sample, onText }: { text: string; sample: string; onText: (text: string) => void }) {
  const { encoding, parts, left, costly } = countParts(sample);
  const dear = encoding === "ucs_2";
  const plain = makePlain(text);
  return (
    <p className={css.cost} data-dear={dear}>
      <b>{words.cost(parts, left)}</b>
      <span>
        {words.encodings[encoding]}
        {dear && ` ${words.because} `}
        {dear && costly.slice(0, SHOWN).map(({ char }) => <mark key={char}>{char}</mark>)}
        {dear && costly.length > SHOWN && "…"}
      </span>
      {dear && plain !== text && (
        <Button size="compact-xs" variant="default" onClick={() => onText(plain)}>
          {words.makePlain}
        </Button>
      )}
      {sample !== text && <small>{words.withSamples}</small>}
    </p>
  );
}
