/** Only a path of this console: an address that was slipped in must not lead elsewhere. */
export function ownPath(next: string | undefined): string {
  return next?.startsWith('/') && !/^\/[/\\]/.test(next) ? next : '/';
}
