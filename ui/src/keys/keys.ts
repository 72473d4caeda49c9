/** Keyboard shortcuts. The newest layer that knows a key takes it, so a dialog's keys win over the screen's. */
import { useEffect, useRef } from "react";

export type KeyMap = Record<string, (event: KeyboardEvent) => void>;

interface Layer {
  read: () => KeyMap;
  /** Keys below are dead while this layer stands, as under a dialog. */
  modal: boolean;
}

const layers: Layer[] = [];
let chord: string | null = null;
let chordTimer: ReturnType<typeof setTimeout> | undefined;

const WRITES = "input, textarea, select, [contenteditable=true]";

function nameOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.metaKey || event.ctrlKey ? `mod+${key}` : key;
}

/** Single letters are text while someone writes; only Escape and mod+ keys pass then. */
function mutedByWriting(event: KeyboardEvent, name: string): boolean {
  const writing = event.target instanceof Element && event.target.closest(WRITES) !== null;
  return writing && !name.startsWith("mod+") && name !== "Escape";
}

const PRESSABLE = "button, a[href], summary, [role=option], [role=menuitem], [role=radio], [role=tab]";

/** Enter on a button presses that button and nothing else. */
function pressesSomething(event: KeyboardEvent, name: string): boolean {
  return name === "Enter" && event.target instanceof Element && event.target.closest(PRESSABLE) !== null;
}

function find(name: string): ((event: KeyboardEvent) => void) | null {
  for (const layer of layers.toReversed()) {
    const act = layer.read()[name];
    if (act) return act;
    if (layer.modal) return null;
  }
  return null;
}

function startChord(name: string): void {
  chord = name;
  clearTimeout(chordTimer);
  chordTimer = setTimeout(() => {
    chord = null;
  }, 1200);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || event.isComposing) return;
  const name = nameOf(event);
  if (mutedByWriting(event, name) || pressesSomething(event, name)) return;
  const act = (chord && find(`${chord} ${name}`)) || find(name);
  chord = null;
  if (act) {
    event.preventDefault();
    act(event);
  } else if (name === "g") startChord(name);
}

if (typeof window !== "undefined") window.addEventListener("keydown", onKeyDown);

/** Names: "j", "Enter", "?", "mod+k", "g d". */
export function useKeys(keys: KeyMap, options: { modal?: boolean; off?: boolean } = {}): void {
  const current = useRef(keys);
  current.current = keys;
  const { modal = false, off = false } = options;
  useEffect(() => {
    if (off) return;
    const layer: Layer = { read: () => current.current, modal };
    layers.push(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
    };
  }, [modal, off]);
}

export const MOD = typeof navigator !== "undefined" && /Mac|iP/.test(navigator.platform) ? "⌘" : "Ctrl";
