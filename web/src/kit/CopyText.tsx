import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import classes from './kit.module.css';

const SHOWN_MS = 2_000;

interface Props {
  label: string;
  text: string;
  wrap?: boolean;
}

/** A text to take away, with a button that copies it. */
export function CopyText({ label, text, wrap = false }: Props) {
  const block = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) {
      return;
    }
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    setCopied(await copyToClipboard(text, block.current));
  }

  return (
    <div className={classes.copy}>
      <div className={classes.copyHead}>
        <span className={classes.label}>{label}</span>
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`Copy: ${label}`}
          onClick={() => void copy()}
        >
          {copied ? 'Copied' : 'Copy'}
        </Button>
        <span role="status" className={classes.unseen}>
          {copied ? `${label} copied` : ''}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text scrolls by keyboard */}
      <pre ref={block} className={classes.copyText} data-wrap={wrap || undefined} tabIndex={0}>
        {text}
      </pre>
    </div>
  );
}

/** `navigator.clipboard` exists only in secure contexts; over plain HTTP the text is marked and copied as by hand. */
async function copyToClipboard(text: string, block: HTMLElement | null): Promise<boolean> {
  if (navigator.clipboard !== undefined) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Not allowed: the other way is left.
    }
  }
  if (block === null) {
    return false;
  }
  const selection = getSelection();
  selection?.selectAllChildren(block);
  return document.execCommand('copy');
}
