type FaultRow = { status: number; zh: string; en: string };

/** What the reference pages need to know of a module. */
export type Documented = {
  name: string;
  faults: Readonly<Record<string, FaultRow>>;
  routes: readonly {
    id: string;
    method: string;
    path: string;
    kind: string;
    permission?: string | null;
  }[];
};

const MADE = 'Made by `npm run generate`; do not edit.';

/** docs/reference/faults.md: every failure that a caller may meet, with its words. */
export function writeFaultsPage(modules: readonly Documented[]): string {
  const parts = modules
    .filter(({ faults }) => Object.keys(faults).length > 0)
    .map(({ name, faults }) => {
      const rows = Object.entries(faults).map(
        ([code, { status, zh, en }]) => `| \`${code}\` | ${status} | ${cell(zh)} | ${cell(en)} |`,
      );
      const head = '| code | status | 中文 | English |\n|---|---|---|---|';
      return `## ${name}\n\n${head}\n${rows.join('\n')}\n`;
    });
  const text = `A failed request answers RFC 9457 problem+json with one of these codes. ${MADE}\n`;
  return ['# Faults\n', text, ...parts].join('\n');
}

/** docs/reference/permissions.md: which permission opens which routes. */
export function writePermissionsPage(modules: readonly Documented[]): string {
  const routes = modules.flatMap((module) => module.routes);
  const byPermission = Map.groupBy(
    routes.filter(({ permission }) => permission),
    ({ permission }) => permission ?? '',
  );
  const rows = [...byPermission]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([permission, opened]) => {
      const paths = opened.map(
        ({ method, path, kind }) => `\`${method} ${path}\`${kind === 'person' ? ' ¹' : ''}`,
      );
      return `| \`${permission}\` | ${paths.join('<br>')} |`;
    });
  const ofKind = (wanted: string) =>
    routes
      .filter(({ kind, permission }) => kind === wanted && !permission)
      .map(({ method, path }) => `- \`${method} ${path}\``)
      .join('\n');
  return [
    '# Permissions\n',
    `A seat or an API key holds permissions; a route asks for one. ${MADE}\n`,
    `| permission | opens |\n|---|---|\n${rows.join('\n')}\n`,
    '¹ For a signed-in person alone: no API key opens it.\n',
    `## For a signed-in person, about their own account\n\n${ofKind('person')}\n`,
    `## Open without a session\n\n${ofKind('open')}\n`,
  ].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
