import { type Finding, lineAt, type Node, type Source, walk } from './source.ts';

type Ban = { code: string; why: string };

const TIME = 'time comes from tx.now, so that a seed replays everything';
const CHANCE = 'ids and chance come from the kernel, so that a seed replays everything';
const SURROUNDINGS = 'only the kernel reads the environment';

const CALLS: ReadonlyMap<string, Ban> = new Map(
  [
    { code: 'Date.now', why: TIME },
    { code: 'Math.random', why: CHANCE },
    { code: 'crypto.randomUUID', why: CHANCE },
    { code: 'process.env', why: SURROUNDINGS },
  ].map((ban) => [ban.code, ban]),
);

// Spelled apart, or this file would find itself.
const LEFT_OVER = new RegExp(
  `\\b(${['TO', 'FIX'].map((a, at) => a + ['DO', 'ME'][at]).join('|')})\\b`,
);

/** Time, chance and surroundings taken past the kernel; work left over. */
export function checkForbidden(source: Source): Finding[] {
  return [...leftOver(source), ...(isBound(source.path) ? bannedCode(source) : [])];
}

// The console and the tools meet the real world: they may look at the clock and the environment.
function isBound(path: string): boolean {
  return path.startsWith('src/') && !path.startsWith('src/kernel/');
}

function leftOver({ path, lines }: Source): Finding[] {
  return lines.flatMap((text, at) => {
    const found = LEFT_OVER.exec(text)?.[0];
    return found ? [{ path, line: at + 1, message: `${found}: do it, or say it in an issue` }] : [];
  });
}

function bannedCode({ path, text, program }: Source): Finding[] {
  const findings: Finding[] = [];
  if (!program) return findings;
  walk(program, (node) => {
    const ban = banOf(node);
    if (!ban) return;
    const message = `${ban.code}: ${ban.why}`;
    findings.push({ path, line: lineAt(text, node.start), message });
  });
  return findings;
}

function banOf(node: Node): Ban | undefined {
  if (node.type === 'MemberExpression') {
    const object = node.object as Node;
    const property = node.property as Node;
    const owner = object.type === 'MemberExpression' ? (object.property as Node).name : object.name;
    return CALLS.get(`${owner}.${property.name ?? property.value}`);
  }
  if (node.type === 'ImportSpecifier') {
    const name = (node.imported as Node).name;
    return name === 'randomUUID' ? { code: 'randomUUID', why: CHANCE } : undefined;
  }
  const isClock = node.type === 'NewExpression' && (node.callee as Node).name === 'Date';
  if (isClock && (node.arguments as Node[]).length === 0) return { code: 'new Date()', why: TIME };
  return undefined;
}
