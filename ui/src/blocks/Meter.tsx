/** How a whole is made up: one bar, and beneath it each part with its word and count. */

import css from "./meter.module.css";
import type { Tone } from "./Small";

export interface Share {
  key: string;
  label: string;
  count: number;
  tone: Tone | "accent";
}

interface Props {
  label: string;
  total: number;
  shares: readonly Share[];
  /** A line of figures under the bar; else the bar alone. */
  legend?: boolean;
}

export function Meter({ label, total, shares, legend = true }: Props) {
  const shown = shares.filter((share) => share.count > 0);
  const said = shown.map((share) => `${share.label} ${share.count.toLocaleString()}`).join(", ");
  return (
    <div className={css.meter}>
      <div className={css.bar} role="img" aria-label={said ? `${label}: ${said}` : label}>
        {shown.map((share) => (
          <span
            key={share.key}
            data-tone={share.tone}
            style={{ width: `${(100 * share.count) / Math.max(1, total)}%` }}
          />
        ))}
      </div>
      {legend && (
        <ul className={css.legend}>
          {shares.map((share) => (
            <li key={share.key} data-tone={share.tone} data-none={share.count === 0}>
              <b className="ab-tabular">{share.count.toLocaleString()}</b> {share.label}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
