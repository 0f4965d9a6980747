import { useSyncExternalStore } from 'react';
import { readChoice, writeChoice } from '../choices.ts';

/** 'system' follows the device, also when it changes at dusk. */
export const THEMES = ['system', 'light', 'dark'] as const;

export type Theme = (typeof THEMES)[number];

const listeners = new Set<() => void>();
let chosen: Theme = readChoice('theme', THEMES) ?? 'system';

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, () => chosen);
}

export function changeTheme(theme: Theme): void {
  chosen = theme;
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  writeChoice('theme', theme === 'system' ? undefined : theme);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
