import { useState } from 'react';
import { TextField } from '../../controls/Field.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { TextFile } from '../TextFile.tsx';
import type { MatrixAsked } from './MatrixPage.tsx';
import { useMatrixTexts } from './texts.ts';

/** What the API takes is a little more: the file travels as JSON. */
const MOST_BYTES = 1_800_000;
const GROUPS = ['services', 'manufacturing', 'agriculture'] as const;

/** A table of the reader's own, with where it comes from and, where unknown, its groups. */
export function TableForm({ onTable }: { onTable: (asked: MatrixAsked) => void }) {
  const t = useMatrixTexts();
  const [table, setTable] = useState('');
  const [source, setSource] = useState('');
  const [year, setYear] = useState('');
  const [codes, setCodes] = useState({ services: '', manufacturing: '', agriculture: '' });
  const isTooBig = new Blob([table]).size > MOST_BYTES;
  const isYear = /^(19|20|21)\d{2}$/.test(year);
  const given = Object.fromEntries(
    Object.entries(codes).flatMap(([name, text]) => (text.trim() ? [[name, text.trim()]] : [])),
  );
  return (
    <StepForm
      submit={t('table_send')}
      busy={false}
      error={null}
      disabled={!table || !source.trim() || isTooBig || (year !== '' && !isYear)}
      onSubmit={() =>
        onTable({ table, source: source.trim(), year: isYear ? Number(year) : null, ...given })
      }
    >
      <p className="muted">{t('table_help')}</p>
      <TextFile
        label={t('table_file')}
        accept=".csv,text/csv"
        fault={isTooBig ? t('too_big', { limit: '1.8 MB' }) : undefined}
        onText={setTable}
      />
      <TextField
        label={t('source_field')}
        hint={t('source_hint')}
        maxLength={200}
        value={source}
        onChange={setSource}
      />
      <TextField
        label={t('year_field')}
        hint={t('year_hint')}
        optional
        inputMode="numeric"
        value={year}
        fault={year !== '' && !isYear ? t('year_fault') : undefined}
        onChange={setYear}
      />
      {GROUPS.map((name) => (
        <TextField
          key={name}
          label={t(`${name}_field`)}
          hint={t('codes_hint')}
          optional
          value={codes[name]}
          onChange={(value) => setCodes({ ...codes, [name]: value })}
        />
      ))}
    </StepForm>
  );
}
