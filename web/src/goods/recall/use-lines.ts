import { useInfiniteQuery } from '@tanstack/react-query';
import { ask } from '../../kernel/api/ask.ts';

/** The goods of a recall, or of one notice. */
export function useLines(of: { recall: string } | { notice: string }) {
  return useInfiniteQuery({
    queryKey: ['recall.lines', of],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const query = pageParam ? { after: pageParam } : {};
      return 'recall' in of
        ? ask('recall.lines', { params: { id: of.recall }, query, signal })
        : ask('recall_notice.lines', { params: { id: of.notice }, query, signal });
    },
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}
