/** A growing text field that shows, behind the words, which characters make the text dear. */
import type { ClipboardEventHandler, KeyboardEventHandler, ReactNode, Ref } from "react";
import type { Costly } from "../../text/parts";
import css from "./composer.module.css";

interface Props {
  ref: Ref<HTMLTextAreaElement>;
  value: string;
  marks: readonly Costly[];
  label: string;
  placeholder: string;
  onChange: (value: string) => void;
  onKeyDown: KeyboardEventHandler;
  onPaste: ClipboardEventHandler;
}

/** The text once more, invisible but for its marks; it also gives the field its height. */
function marked(value: string, marks: readonly Costly[]): ReactNode {
  if (marks.length === 0) return value;
  const dear = new Set(marks.map((mark) => mark.char));
  const pieces: ReactNode[] = [];
  let plain = "";
  Array.from(value).forEach((char, place) => {
    if (!dear.has(char)) {
      plain += char;
      return;
    }
    // biome-ignore lint/suspicious/noArrayIndexKey: a piece of text has no identity but its place
    pieces.push(plain, <mark key={place}>{char}</mark>);
    plain = "";
  });
  return [...pieces, plain];
}

export function Field({ ref, value, marks, label, placeholder, onChange, onKeyDown, onPaste }: Props) {
  return (
    <div className={css.field}>
      <div className={css.mirror} aria-hidden="true">
        {marked(value, marks)}
        {"\n"}
      </div>
      <textarea
        ref={ref}
        className={css.text}
        aria-label={label}
        placeholder={placeholder}
        value={value}
        rows={1}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
    </div>
  );
}
