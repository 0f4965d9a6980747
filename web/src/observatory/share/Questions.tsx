import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Card } from '../../controls/Card.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import type { RevenueSplit } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useMay } from '../../kernel/session.ts';
import { useClassNames } from '../class-names.ts';
import { BundleForm } from './BundleForm.tsx';
import { DecideForm } from './DecideForm.tsx';
import { useShareTexts } from './texts.ts';

type Question = RevenueSplit['test']['questions'][number];
type Step = { what: 'decide' | 'bundle'; question: Question };

/** What is in doubt, in the order of what it moves, each with what settles it. */
export function Questions({ split }: { split: RevenueSplit }) {
  const t = useShareTexts();
  const [step, setStep] = useState<Step>();
  const { questions, questions_left_out } = split.test;
  const nameOf = useClassNames(questions.flatMap(({ candidates }) => candidates.slice(0, FEW)));
  const close = () => setStep(undefined);
  const name = step?.question.sale.name ?? '';
  return (
    <Card title={t('narrow')} note={questions.length > 0 && t('narrow_note')}>
      {questions.length === 0 && <p className="muted">{t('nothing_open')}</p>}
      <ol className="questions">
        {questions.map((question) => (
          <OneQuestion
            key={keyOf(question)}
            question={question}
            currency={split.currency}
            nameOf={nameOf}
            onStep={(what) => setStep({ what, question })}
          />
        ))}
      </ol>
      {questions_left_out > 0 && (
        <p className="muted card-foot">{t('open_elsewhere', { count: questions_left_out })}</p>
      )}
      <Drawer
        open={step !== undefined}
        title={step ? t(`${step.what}_title`, { name }) : ''}
        onClose={close}
      >
        {step?.what === 'decide' && <DecideForm sale={step.question.sale} onDone={close} />}
        {step?.what === 'bundle' && step.question.sale.product_id && (
          <BundleForm product_id={step.question.sale.product_id} onDone={close} />
        )}
      </Drawer>
    </Card>
  );
}

const keyOf = ({ sale }: Question) =>
  [sale.product_id, sale.industry_class, sale.tax_code, sale.name].join(' ');

/** More are not read by anybody; more than ANY are all there is, which the words say already. */
const FEW = 4;
const ANY = 12;

type Props = {
  question: Question;
  currency: string;
  nameOf: (candidate: string) => string;
  onStep: (what: Step['what']) => void;
};

function OneQuestion({ question, currency, nameOf, onStep }: Props) {
  const t = useShareTexts();
  const format = useFormat();
  const read = useBilingual();
  const { sale, net_minor, lines, swing_pp, words, candidates, settled_by, remarks } = question;
  const points = format.decimal(swing_pp.toFixed(1));
  const amount = format.money(net_minor, currency);
  const shown = candidates.length > ANY ? [] : candidates.slice(0, FEW).map(nameOf);
  return (
    <li className="question">
      <div className="question-head">
        <span className="strong">{sale.name}</span>
        <span className="muted">{t('of_lines', { amount, count: lines })}</span>
        <span className="question-swing">{t('swing', { pp: points })}</span>
      </div>
      <div className="swing" aria-hidden="true">
        <span style={{ width: `${Math.min(100, swing_pp)}%` }} />
      </div>
      <p>{read(words)}</p>
      {shown.length > 0 && (
        <p className="muted">
          {t('may_be')}
          {t('colon')}
          {shown.join(t('or'))}
          {candidates.length > FEW && ' …'}
        </p>
      )}
      {remarks.map((remark) => (
        <p key={remark.en} className="question-remark">
          {read(remark)}
        </p>
      ))}
      <p className="muted">{read(settled_by)}</p>
      <Steps question={question} onStep={onStep} />
    </li>
  );
}

function Steps({ question, onStep }: Pick<Props, 'question' | 'onStep'>) {
  const t = useShareTexts();
  const may = useMay();
  const { sale, takes_decision } = question;
  const describes = sale.product_id !== null && may('statistics.bundle.describe');
  return (
    <div className="row">
      {takes_decision && may('statistics.decision.set') && (
        <Button size="small" onClick={() => onStep('decide')}>
          {t('decide')}
        </Button>
      )}
      {describes && (
        <Button
          size="small"
          kind={takes_decision ? 'quiet' : 'plain'}
          onClick={() => onStep('bundle')}
        >
          {t(takes_decision ? 'is_bundle' : 'bundle')}
        </Button>
      )}
    </div>
  );
}
