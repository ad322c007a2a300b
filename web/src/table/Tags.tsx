import { type FormEvent, useState } from 'react';
import { Problem } from '../api/problem';
import { Notice } from '../app/Notice';
import kit from '../kit/kit.module.css';
import classes from './table.module.css';

interface Props {
  tags: string[];
  /** For whoever may not change them. */
  fixed?: boolean;
  onSave: (tags: string[]) => Promise<void>;
}

export function Tags({ tags, fixed = false, onSave }: Props) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);

  async function save(next: string[]) {
    setProblem(null);
    try {
      await onSave(next);
      setText('');
    } catch (failure) {
      setProblem(Problem.from(failure));
    }
  }

  function add(event: FormEvent) {
    event.preventDefault();
    const tag = text.trim();
    if (tag !== '' && !tags.includes(tag)) {
      void save([...tags, tag]);
    } else {
      setText('');
    }
  }

  return (
    <div className={kit.stack}>
      <div className={kit.row}>
        <ul className={classes.tags} aria-label="Tags">
          {tags.map((tag) => (
            <li key={tag} className={classes.tag}>
              {tag}
              {!fixed && (
                <button
                  type="button"
                  className={classes.removeTag}
                  aria-label={`Remove the tag ${tag}`}
                  title="Remove"
                  onClick={() => void save(tags.filter((other) => other !== tag))}
                >
                  ×
                </button>
              )}
            </li>
          ))}
        </ul>
        {!fixed && (
          <form onSubmit={add}>
            <input
              className={`${kit.input} ${classes.newTag}`}
              aria-label="New tag"
              placeholder="Add a tag, Enter"
              maxLength={100}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          </form>
        )}
      </div>
      {problem !== null && <Notice problem={problem} />}
    </div>
  );
}
