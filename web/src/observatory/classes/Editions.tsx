import { Card } from '../../controls/Card.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { Tag } from '../../controls/Tag.tsx';
import type { ClassificationEdition } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useEditionNames } from '../edition-names.ts';
import { useObservatoryTexts } from '../texts.ts';
import { useClassesTexts } from './texts.ts';

/** Every edition that is known, with its source, what of it is here, and what could not be had. */
export function Editions() {
  const t = useClassesTexts();
  const editions = useApi('classification.editions', {});
  return (
    <Card title={t('editions')} note={t('editions_note')}>
      {editions.isError && <ProblemNotice error={editions.error} />}
      {editions.isPending && <Skeleton rows={6} />}
      <ul className="editions">
        {editions.data?.items.map((one) => (
          <Edition key={one.id} one={one} />
        ))}
      </ul>
    </Card>
  );
}

function Edition({ one }: { one: ClassificationEdition }) {
  const t = useClassesTexts();
  const common = useObservatoryTexts();
  const read = useBilingual();
  const nameOf = useEditionNames();
  const { name, document, base, valid_from, valid_until, provenance, coverage, missing } = one;
  const { status, citation } = provenance;
  const days = valid_until
    ? t('until', { from: valid_from, to: valid_until })
    : t('since', { from: valid_from });
  return (
    <li className="edition">
      <div className="question-head">
        <h3>{read(name)}</h3>
        <Tag>{t(coverage)}</Tag>
        <Tag>{common(status)}</Tag>
      </div>
      <p className="muted">
        {[document, days, base && t('base', { base: nameOf(base) })].filter(Boolean).join(' · ')}
      </p>
      <p className="muted small">
        {t('source')} · {read(citation)}
      </p>
      {missing && (
        <p className="question-remark">
          {t('missing')} · {read(missing)}
        </p>
      )}
    </li>
  );
}

/** What the words mean that numbers bear here. */
export function Concepts() {
  const t = useClassesTexts();
  const common = useObservatoryTexts();
  const read = useBilingual();
  const { data } = useApi('classification.editions', {});
  return (
    <Card title={t('concepts')} note={t('concepts_note')}>
      <dl className="editions">
        {data?.concepts.map(({ id, version, valid_from, name, definition, provenance }) => (
          <div key={id} className="edition">
            <dt className="question-head">
              <span className="strong">{read(name)}</span>
              <span className="muted small">
                {t('version', { version })} · {t('since', { from: valid_from })} ·{' '}
                {common(provenance.status)}
              </span>
            </dt>
            <dd>{read(definition)}</dd>
            <dd className="muted small">
              {t('source')} · {read(provenance.citation)}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
