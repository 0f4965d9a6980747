import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { refreshAll } from './refresh.ts';

const STREAM = '/api/v1/facts/stream';
/** Facts come in bursts (an invoice writes several): one refresh for all of them. */
const GATHERING_MS = 400;
const SETTLING_MS = 500;
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 60_000;

/**
 * Follows the facts that the reader may see and refreshes the page when one comes. The events carry
 * the type of their fact as name, which EventSource only hands to listeners that know the name; the
 * stream is read as it is, so that a new type of fact needs no change here.
 */
export function useLiveFacts(): void {
  const client = useQueryClient();
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const heard = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void refreshAll(client), GATHERING_MS);
    };
    void follow(heard, stop.signal);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [client]);
}

async function follow(heard: () => void, signal: AbortSignal): Promise<void> {
  let wait = FIRST_RETRY_MS;
  // Somebody who only passes through a page needs no stream of it.
  await pause(SETTLING_MS, signal);
  while (!signal.aborted) {
    try {
      const opened = await readStream(heard, signal);
      // Signed out or not allowed: asking again would only be refused again.
      if (!opened) return;
      wait = FIRST_RETRY_MS;
      heard();
    } catch {
      wait = Math.min(wait * 2, LONGEST_RETRY_MS);
    }
    await pause(wait, signal);
  }
}

async function readStream(heard: () => void, signal: AbortSignal): Promise<boolean> {
  const response = await fetch(STREAM, { signal, headers: { accept: 'text/event-stream' } });
  if (response.status === 401 || response.status === 403) return false;
  if (!response.ok || !response.body) throw new Error('no stream');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return true;
    if (/^data:/m.test(value)) heard();
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
