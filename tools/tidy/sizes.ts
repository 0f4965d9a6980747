import { type Finding, lineAt, type Node, type Source, walk } from './source.ts';

const LINES_OF_FILE = 500;
const LINES_OF_FUNCTION = 70;
const COLUMNS = 100;
const FUNCTIONS = /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/;

/** Files, functions and lines too long to read in one go. */
export function checkSizes(source: Source): Finding[] {
  if (source.path.endsWith('.md')) return [];
  return [...longFile(source), ...longLines(source), ...longFunctions(source)];
}

function longFile({ path, text, lines }: Source): Finding[] {
  const count = text.endsWith('\n') ? lines.length - 1 : lines.length;
  if (count <= LINES_OF_FILE) return [];
  return [{ path, line: 1, message: `${count} lines; a file has at most ${LINES_OF_FILE}` }];
}

function longLines({ path, lines }: Source): Finding[] {
  return lines.flatMap((text, at) => {
    // Code points: a Chinese character is one column here, though it takes two on a terminal.
    const columns = [...text].length;
    const message = `${columns} columns; a line has at most ${COLUMNS}`;
    return columns > COLUMNS ? [{ path, line: at + 1, message }] : [];
  });
}

function longFunctions({ path, text, program }: Source): Finding[] {
  const findings: Finding[] = [];
  if (!program) return findings;
  const isTest = path.endsWith('.test.ts');
  walk(program, (node, parent) => {
    if (!FUNCTIONS.test(node.type) || (isTest && groupsTests(parent))) return;
    const line = lineAt(text, node.start);
    const count = lineAt(text, node.end) - line + 1;
    if (count > LINES_OF_FUNCTION) {
      const message = `${count} lines; a function has at most ${LINES_OF_FUNCTION}`;
      findings.push({ path, line, message });
    }
  });
  return findings;
}

// The function given to describe() is a heading over tests, not one thing to understand.
function groupsTests(parent: Node | null): boolean {
  if (parent?.type !== 'CallExpression') return false;
  let callee = parent.callee as Node;
  while (callee.type === 'MemberExpression' || callee.type === 'CallExpression') {
    callee = (callee.object ?? callee.callee) as Node;
  }
  return callee.name === 'describe';
}
