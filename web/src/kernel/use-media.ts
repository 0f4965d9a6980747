import { useCallback, useSyncExternalStore } from 'react';

/** Where the side bar gives way to the bar at the foot, and lists become cards. */
export const PHONE = '(max-width: 759px)';

export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
