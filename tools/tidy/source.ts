import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { parseSync } from 'oxc-parser';

/** A node of the ESTree; the checks look at a few fields of a few types. */
export type Node = { type: string; start: number; end: number; [field: string]: unknown };

/** An import, re-export, dynamic import or `new URL('./x', import.meta.url)` of a relative path. */
export type Reference = { target: string; line: number; type_only: boolean };

export type Source = {
  /** From the root of the repository, with forward slashes. */
  path: string;
  text: string;
  lines: readonly string[];
  program: Node | null;
  references: readonly Reference[];
};

export type Finding = { path: string; line: number; message: string };

const CODE = /\.(tsx?|mjs)$/;
const CHECKED = /\.(tsx?|mjs|sql|css|html|md)$/;
const SKIPPED = new Set(['node_modules', 'dist', 'generated', '.git', 'coverage']);

export function readSource(path: string, text: string): Source {
  const lines = text.split('\n');
  if (!CODE.test(path)) return { path, text, lines, program: null, references: [] };
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const root = program as unknown as Node;
  return { path, text, lines, program: root, references: referencesOf(path, text, root) };
}

/** Every checked file under the folders, generated ones left out. */
export function readSources(root: string, folders: readonly string[]): Source[] {
  const sources: Source[] = [];
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) visit(path);
      if (entry.isFile() && CHECKED.test(entry.name)) {
        const name = relative(root, path).replaceAll('\\', '/');
        sources.push(readSource(name, readFileSync(path, 'utf8')));
      }
    }
  };
  for (const folder of folders) visit(join(root, folder));
  return sources;
}

/** Calls `look` on the node and on everything under it, parents first. */
export function walk(node: Node, look: (node: Node, parent: Node | null) => void): void {
  const descend = (current: Node, parent: Node | null): void => {
    look(current, parent);
    for (const value of Object.values(current)) {
      if (Array.isArray(value)) for (const item of value) isNode(item) && descend(item, current);
      else if (isNode(value)) descend(value, current);
    }
  };
  descend(node, null);
}

export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
  }
  return line;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

function referencesOf(path: string, text: string, program: Node): Reference[] {
  const references: Reference[] = [];
  walk(program, (node) => {
    const specifier = specifierOf(node);
    if (!specifier?.startsWith('.')) return;
    references.push({
      target: posix.join(posix.dirname(path), specifier),
      line: lineAt(text, node.start),
      type_only: node.importKind === 'type' || node.exportKind === 'type',
    });
  });
  return references;
}

function specifierOf(node: Node): string | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
    case 'ImportExpression':
      return literal(node.source);
    case 'NewExpression': {
      const callee = node.callee as Node;
      const [first] = node.arguments as Node[];
      return callee.name === 'URL' ? literal(first) : undefined;
    }
    default:
      return undefined;
  }
}

function literal(value: unknown): string | undefined {
  if (!isNode(value) || value.type !== 'Literal') return undefined;
  return typeof value.value === 'string' ? value.value : undefined;
}
