/** A piece of code to copy; what stands beside the copy button is given. */
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import css from "./code.module.css";
import { copyText } from "./copying";
import { Icon } from "./Icon";

interface Props {
  label: string;
  copy: string;
  text: string;
  children: ReactNode;
}

export function CodeBox({ label, copy, text, children }: Props) {
  return (
    <div className={css.box}>
      <div className={css.bar}>
        {children}
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Icon name="copy" size={14} />}
          onClick={() => copyText(text)}
        >
          {copy}
        </Button>
      </div>
      <section aria-label={label}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it */}
        <pre className={css.code} tabIndex={0}>
          {text}
        </pre>
      </section>
    </div>
  );
}
