import { type ReactNode, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { AnswerLine, type AskedLine } from './AnswerLine.tsx';
import { findFault, type LineAnswer, newAnswer } from './answer.ts';
import { usePhoneTexts } from './texts.ts';
import './phone.css';

type Props = {
  lines: readonly AskedLine[];
  busy: boolean;
  note?: ReactNode;
  onSend: (answers: ReadonlyMap<string, LineAnswer>) => void;
};

/** The answer to an order on one screen: every line accepted until it is changed, one button. */
export function AnswerForm({ lines, busy, note, onSend }: Props) {
  const t = usePhoneTexts();
  const [answers, setAnswers] = useState<ReadonlyMap<string, LineAnswer>>(
    () => new Map(lines.map((line) => [line.id, newAnswer(line)])),
  );
  // Faults are shown only after a first try: nobody likes to be scolded while typing.
  const [tried, setTried] = useState(false);
  const answerOf = (line: AskedLine) => answers.get(line.id) ?? newAnswer(line);
  const changed = lines.filter((line) => answerOf(line).decision !== 'accept').length;
  const faulty = lines.some((line) => findFault(line, answerOf(line)));

  function send() {
    setTried(true);
    if (!faulty) onSend(answers);
  }

  return (
    <form
      className="stack-tight answer-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <ol className="answer-lines">
        {lines.map((line) => (
          <AnswerLine
            key={line.id}
            line={line}
            answer={answerOf(line)}
            fault={tried ? findFault(line, answerOf(line)) : undefined}
            onChange={(answer) => setAnswers(new Map(answers).set(line.id, answer))}
          />
        ))}
      </ol>
      {note && <p className="muted answer-note">{note}</p>}
      <div className="answer-send">
        <Button kind="primary" size="large" type="submit" busy={busy}>
          {changed > 0
            ? t('send_changed', { count: lines.length, changed })
            : t('send', { count: lines.length })}
        </Button>
      </div>
    </form>
  );
}
