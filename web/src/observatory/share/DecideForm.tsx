import { useEffect, useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { TextField } from '../../controls/Field.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { TextArea } from '../../controls/TextArea.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { IndustryClass, Unclassified } from '../../generated/api.ts';
import { useApi, useCommand } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useShareTexts } from './texts.ts';

type Props = {
  sale: Unclassified['sale'];
  precedents?: Unclassified['precedents'];
  onDone: () => void;
};

/** Puts a kind of sale into a class: searched by its own name first, then as the person says. */
export function DecideForm({ sale, precedents = [], onDone }: Props) {
  const t = useShareTexts();
  const [chosen, setChosen] = useState('');
  const [reason, setReason] = useState('');
  const decide = useCommand('sale_decision.set', () => {
    sayDone(t('decided'));
    onDone();
  });
  return (
    <StepForm
      submit={chosen ? t('decide_send', { code: chosen }) : t('decide_send_first')}
      busy={decide.isPending}
      error={decide.error}
      disabled={!chosen || !reason.trim()}
      onSubmit={() => decide.mutate({ body: { ...sale, class: chosen, reason: reason.trim() } })}
    >
      <Precedents
        precedents={precedents}
        onFollow={(code, why) => {
          setChosen(code);
          setReason(why);
        }}
      />
      <ClassSearch phrase={sale.name} chosen={chosen} onChoose={setChosen} />
      <TextArea label={t('reason')} hint={t('reason_hint')} value={reason} onChange={setReason} />
      <p className="muted small">{t('decide_effect')}</p>
    </StepForm>
  );
}

type PrecedentsProps = {
  precedents: Unclassified['precedents'];
  onFollow: (code: string, reason: string) => void;
};

function Precedents({ precedents, onFollow }: PrecedentsProps) {
  const t = useShareTexts();
  const format = useFormat();
  if (precedents.length === 0) return null;
  return (
    <section className="stack-tight">
      <h3>{t('precedents')}</h3>
      <ul className="stack-tight">
        {precedents.map(({ phrase, code, decided_on, reason }) => (
          <li key={`${phrase} ${code} ${decided_on}`} className="precedent">
            <span>
              {t('precedent', { phrase, code, date: format.date(decided_on) })}
              <span className="muted"> · {reason}</span>
            </span>
            <Button size="small" onClick={() => onFollow(code, reason)}>
              {t('follow')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const TYPING_PAUSE_MS = 300;

type SearchProps = { phrase: string; chosen: string; onChoose: (code: string) => void };

function ClassSearch({ phrase, chosen, onChoose }: SearchProps) {
  const t = useShareTexts();
  const [typed, setTyped] = useState(phrase);
  const [search, setSearch] = useState(phrase);
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed.trim()), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useApi('industry_class.list', { query: { search } }, search !== '');
  const verdict = found.data?.verdict;
  return (
    <>
      <TextField label={t('search')} type="search" value={typed} onChange={setTyped} />
      {found.isError && <ProblemNotice error={found.error} />}
      {found.isLoading && <Skeleton rows={4} />}
      {verdict && (
        <fieldset className="class-choice">
          <legend className="muted small">{t(`found_${verdict}`)}</legend>
          {found.data?.items.map((one) => (
            <ClassOption
              key={one.code}
              one={one}
              checked={one.code === chosen}
              onChoose={onChoose}
            />
          ))}
        </fieldset>
      )}
    </>
  );
}

type OptionProps = { one: IndustryClass; checked: boolean; onChoose: (code: string) => void };

function ClassOption({ one, checked, onChoose }: OptionProps) {
  const t = useShareTexts();
  const { code, name, sector } = one;
  return (
    <label className="class-option">
      <input
        type="radio"
        name="class"
        value={code}
        checked={checked}
        onChange={() => onChoose(code)}
      />
      <span className="code">{code}</span>
      <span>{name}</span>
      {sector && <span className="muted small">{t('sector', { sector })}</span>}
    </label>
  );
}
