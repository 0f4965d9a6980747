import type { FormDraft, FormDraftContent } from '../../generated/api.ts';
import { ask } from '../../kernel/api/ask.ts';
import { newIdempotencyKey } from '../../kernel/api/client.ts';
import { Problem } from '../../kernel/api/problem.ts';

/** How long a person types before what they typed is sent. */
const PAUSE_MS = 700;
const AGAIN_MS = 4_000;

export type KeepingState = 'saved' | 'waiting' | 'saving' | 'unreachable' | Problem;

export type Keeping = {
  keep(content: FormDraftContent): void;
  /** Sends what has not been sent. @returns the version that is kept, undefined where it is not */
  flush(): Promise<number | undefined>;
  /** There is nothing to keep any more: the draft is a form, or was given up. */
  stop(): void;
};

type Watch = { onState(state: KeepingState): void; onKept(draft: FormDraft): void };

/**
 * Sends a draft as it is typed, one after the other, each under the version that the one before
 * came to. What did not arrive is sent again as it was, so that an answer that was lost is no
 * other's change; what the server refuses is told and stops there.
 */
export function keepingOf(draft: FormDraft, { onState, onKept }: Watch): Keeping {
  let version = draft.version;
  let newest: FormDraftContent | null = null;
  let sent: { content: FormDraftContent; key: string } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<number | undefined> | null = null;

  async function send(): Promise<number | undefined> {
    while (sent !== null || newest !== null) {
      onState('saving');
      sent ??= { content: newest as FormDraftContent, key: newIdempotencyKey() };
      if (sent.content === newest) newest = null;
      const kept = await ask('form_draft.edit', {
        params: { id: draft.id },
        body: sent.content,
        ifMatch: `"${version}"`,
        idempotencyKey: sent.key,
      });
      version = kept.version;
      sent = null;
      onKept(kept);
    }
    onState('saved');
    return version;
  }

  function failed(error: unknown): undefined {
    if (!(error instanceof Problem)) throw error;
    const isLost = error.body.status === 0 || error.body.status === 503;
    onState(isLost ? 'unreachable' : error);
    if (!isLost) sent = null;
    if (isLost) timer = setTimeout(() => void flush(), AGAIN_MS);
    return undefined;
  }

  function flush(): Promise<number | undefined> {
    clearTimeout(timer);
    running ??= send()
      .catch(failed)
      .finally(() => {
        running = null;
      });
    return running;
  }

  return {
    keep(content) {
      newest = content;
      clearTimeout(timer);
      timer = setTimeout(() => void flush(), PAUSE_MS);
      onState('waiting');
    },
    flush,
    stop() {
      clearTimeout(timer);
      newest = null;
      sent = null;
    },
  };
}
