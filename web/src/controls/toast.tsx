import { useSyncExternalStore } from 'react';

type Toast = { id: number; text: string };

const SHOWN_FOR_MS = 4500;
const listeners = new Set<() => void>();
let toasts: readonly Toast[] = [];
let nextId = 1;

/** Says for a moment that something was done. What went wrong stays on the page instead. */
export function sayDone(text: string): void {
  const toast = { id: nextId++, text };
  publish([...toasts, toast]);
  setTimeout(() => publish(toasts.filter(({ id }) => id !== toast.id)), SHOWN_FOR_MS);
}

export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className="toasts" role="status">
      {shown.map(({ id, text }) => (
        <p key={id} className="toast">
          {text}
        </p>
      ))}
    </div>
  );
}

function publish(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
