import type { DocumentProblem } from '../generated/api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { useDocumentTexts } from './texts.ts';

/** What the rules found, each with the rule and the place in the document. */
export function Problems({ problems }: { problems: readonly DocumentProblem[] }) {
  const t = useDocumentTexts();
  const read = useBilingual();
  return (
    <ol className="problems">
      {problems.map((problem) => (
        <li key={`${problem.rule}${problem.path}${problem.en}`}>
          <p>{read(problem)}</p>
          <p className="muted small problem-path">
            {problem.rule && t('rule', { rule: problem.rule })}
            {problem.rule && problem.path && ' · '}
            {problem.path && t('at', { path: problem.path })}
          </p>
        </li>
      ))}
    </ol>
  );
}
