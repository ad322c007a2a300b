import { Button } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { SelectField } from '../kit/Field';
import kit from '../kit/kit.module.css';
import classes from './access.module.css';
import { UserField } from './PeopleFields';
import { VERBS } from './verbs';
import { WhyAnswer } from './WhyAnswer';

export interface Question {
  user: string;
  verb: string;
  on: string;
}

interface Props {
  start: Question;
  /** Asked at once, without a press of the button. */
  asked?: boolean;
  /** The field for what it is about, where that is not given. */
  resource?: (on: string, onChange: (on: string) => void) => ReactNode;
}

/** Asks whether somebody may do something. */
export function WhyForm({ start, asked: atOnce = false, resource }: Props) {
  const [question, setQuestion] = useState(start);
  const [asked, setAsked] = useState<Question | null>(atOnce ? start : null);
  const set = (change: Partial<Question>) => setQuestion({ ...question, ...change });

  function submit(event: FormEvent) {
    event.preventDefault();
    setAsked({ ...question, user: question.user.trim(), on: question.on.trim() });
  }

  return (
    <div className={kit.stack}>
      <form className={kit.stack} onSubmit={submit}>
        <div className={classes.question}>
          <UserField
            label="User"
            hint="You, when empty."
            value={question.user}
            onChange={(user) => set({ user })}
          />
          <SelectField
            label="May"
            value={question.verb}
            options={VERBS}
            onChange={(verb) => set({ verb })}
          />
        </div>
        {resource?.(question.on, (on) => set({ on }))}
        <div>
          <Button type="submit" variant="default">
            Why?
          </Button>
        </div>
      </form>
      {asked !== null && (
        <WhyAnswer
          verb={asked.verb}
          on={asked.on}
          {...(asked.user === '' ? {} : { user: asked.user })}
        />
      )}
    </div>
  );
}
