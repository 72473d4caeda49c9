/** The few icons there are: 16 px strokes in the colour of the text beside them. */

const PATHS = {
  desk: "M2.500 4A1.500 1.500 0 0 1 4 2.500h8A1.500 1.500 0 0 1 13.500 4v5A1.500 1.500 0 0 1 12 10.500H7L4 13.500v-3A1.500 1.500 0 0 1 2.500 9z",
  contacts: "M8 8a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM3 13.500c.4-2.500 2.300-4 5-4s4.600 1.500 5 4",
  settings: "M2.500 4.500h6m3 0h2m-11 7h2m3 0h6M10 3v3M6 10v3",
  search: "M7 11.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM10.500 10.500l3 3",
  check: "M3 8.500l3.200 3.200L13 5",
  checks: "M1.500 8.500l3 3L10 5.500M7.500 11l.5.5 6-6",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 5v3.200l2 1.300",
  warn: "M8 2.500l6 10.500H2zM8 6.500v3M8 11.200v.1",
  close: "M4 4l8 8M12 4l-8 8",
  snooze: "M13 9.500A5.500 5.500 0 0 1 6.500 3a5.500 5.500 0 1 0 6.500 6.500z",
  transfer: "M2.500 5.500h10M10 3l2.500 2.500L10 8M13.500 10.500h-10M6 8l-2.500 2.500L6 13",
  end: "M3 8.500l3.200 3.200L13 5",
  why: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6.300 6.300A1.700 1.700 0 1 1 8 8.300v.7M8 11.200v.1",
  clip: "M12.500 7.500L8 12a3 3 0 0 1-4.200-4.200l5-5a2 2 0 0 1 2.800 2.800l-5 5a1 1 0 0 1-1.400-1.400l4.300-4.300",
  note: "M3.500 2.500h9v7l-3 4h-6zM9.500 13.500v-4h3M5.500 5.500h5M5.500 8h3",
  send: "M2.500 8L13.500 3l-3.500 10.500-2.500-4.500zM7.500 9l6-6",
  back: "M9.500 3.500L5 8l4.500 4.500",
  more: "M4 8h.1M8 8h.1M12 8h.1",
  plus: "M8 3v10M3 8h10",
  refresh: "M13 5A5.500 5.500 0 1 0 13.500 8.500M13 2v3h-3",
  copy: "M5.500 5.500V3.500A1 1 0 0 1 6.500 2.500h6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-2M3.500 5.500h6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-6a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1z",
  card: "M2.500 4.500A1 1 0 0 1 3.500 3.500h9a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1zM10 3.500v9",
  down: "M4 6l4 4 4-4",
  sun: "M8 10.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM8 2v1M8 13v1M2 8h1M13 8h1M3.800 3.800l.7.7M11.500 11.500l.7.7M3.800 12.200l.7-.7M11.500 4.500l.7-.7",
  keyboard: "M2.500 4.500h11v7h-11zM5 7h.1M8 7h.1M11 7h.1M5.500 9.500h5",
  out: "M9.500 3H4v10h5.500M7 8h6.500M11 5.500L13.500 8 11 10.500",
  block: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM4 4l8 8",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" ? 2.2 : 1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: "none" }}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
