/** What the text costs as you type, the characters that make it dear, and the way to make it plain. */
import { Button } from "@mantine/core";
import { countParts, makePlain, type Parts } from "../../text/parts";
import { composer as words } from "../../words/desk";
import css from "./composer.module.css";

interface Props {
  body: string;
  parts: Parts;
  onPlain: (body: string) => void;
}

const SHOWN = 5;

export function Counter({ body, parts, onPlain }: Props) {
  if (parts.encoding === "gsm_7") {
    return <span className={css.counter}>{body && words.left(parts.left, parts.parts)}</span>;
  }
  const plain = makePlain(body);
  const letters = makePlain(body, true);
  return (
    <span className={css.counter} data-dear="true">
      <b>{words.left(parts.left, parts.parts)}</b>
      <span title={words.unicode}>
        UCS-2 {words.because}{" "}
        {parts.costly.slice(0, SHOWN).map((costly) => (
          <mark key={costly.char}>{costly.char}</mark>
        ))}
        {parts.costly.length > SHOWN && "…"}
      </span>
      {plain !== body && (
        <Button size="compact-xs" variant="default" onClick={() => onPlain(plain)}>
          {words.makePlain}
        </Button>
      )}
      {letters !== plain && countParts(letters).encoding === "gsm_7" && (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onPlain(letters)}>
          {words.plainLetters}
        </Button>
      )}
    </span>
  );
}
