import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Card } from '../../controls/Card.tsx';
import { Facts } from '../../controls/Facts.tsx';
import { Notice, ProblemNotice } from '../../controls/Notice.tsx';
import type { Release, ReleaseVerification } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useReleaseTexts } from './texts.ts';

type Props = { release: Release; isOwn: boolean };

/** What it takes to say that the figures are these: definition, data, program; and the check. */
export function HowMade({ release, isOwn }: Props) {
  const t = useReleaseTexts();
  const format = useFormat();
  const { definition, vintage, after, source_hash, engine_hash, hash } = release.content;
  const facts = [
    [t('definition'), `${definition.id} · ${definition.version}`],
    [t('data'), vintage],
    [t('after'), after.length > 0 ? after.join(', ') : t('after_none')],
    [t('drafted_at'), format.instant(release.drafted_at)],
    [t('source_hash'), <Hash key="source" text={source_hash} />],
    [t('engine_hash'), <Hash key="engine" text={engine_hash} />],
    [t('hash'), <Hash key="own" text={hash} />],
  ] as const;
  return (
    <Card title={t('how')}>
      <div className="stack">
        <Facts rows={facts} />
        {isOwn ? <Check key={release.id} id={release.id} /> : <p>{t('check_reader')}</p>}
      </div>
    </Card>
  );
}

const Hash = ({ text }: { text: string }) => <span className="code release-hash">{text}</span>;

function Check({ id }: { id: string }) {
  const t = useReleaseTexts();
  const [asked, setAsked] = useState(false);
  const found = useApi('release.verify', { params: { id } }, asked);
  return (
    <div className="stack-tight">
      <p className="muted">{t('check_hint')}</p>
      <div>
        <Button
          busy={found.isFetching}
          onClick={() => (asked ? void found.refetch() : setAsked(true))}
        >
          {t('check')}
        </Button>
      </div>
      {found.isError && <ProblemNotice error={found.error} />}
      {found.data && <Verdict found={found.data} />}
    </div>
  );
}

function Verdict({ found }: { found: ReleaseVerification }) {
  const t = useReleaseTexts();
  const format = useFormat();
  if (found.is_equal) return <Notice tone="plain">✓ {t('check_equal')}</Notice>;
  const count = found.differing.length;
  return (
    <Notice tone="late">
      <p className="strong">{t('check_not')}</p>
      <ul className="bullets">
        {!found.is_whole && <li>{t('check_words')}</li>}
        {!found.is_same_source && <li>{t('check_source')}</li>}
        {!found.is_same_engine && <li>{t('check_engine')}</li>}
        <li>
          {count > 0 ? t('check_cells', { count: format.count(count) }) : t('check_cells_none')}
        </li>
      </ul>
    </Notice>
  );
}
