import type { KeyboardEvent, PointerEvent } from 'react';
import classes from './Workbench.module.css';

const STEP_PX = 16;

interface Props {
  label: string;
  /** The way the line runs: a vertical line is moved left and right. */
  orientation: 'vertical' | 'horizontal';
  size: number;
  min: number;
  max: number;
  onResize: (size: number) => void;
}

export function Splitter({ label, orientation, size, min, max, onResize }: Props) {
  const vertical = orientation === 'vertical';
  const resize = (next: number) => onResize(Math.min(Math.max(next, min), max));

  function onKeyDown(event: KeyboardEvent) {
    const less = vertical ? 'ArrowLeft' : 'ArrowUp';
    const more = vertical ? 'ArrowRight' : 'ArrowDown';
    if (event.key === less || event.key === more) {
      event.preventDefault();
      resize(size + (event.key === more ? STEP_PX : -STEP_PX));
    }
  }

  function onPointerDown(event: PointerEvent<HTMLElement>) {
    event.preventDefault();
    const handle = event.currentTarget;
    const start = vertical ? event.clientX : event.clientY;
    handle.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) =>
      resize(size + (vertical ? moved.clientX : moved.clientY) - start);
    handle.addEventListener('pointermove', move);
    handle.addEventListener(
      'lostpointercapture',
      () => handle.removeEventListener('pointermove', move),
      { once: true },
    );
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr takes no focus and no value
    <div
      role="separator"
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={Math.round(size)}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      className={classes.splitter}
      data-orientation={orientation}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
    />
  );
}
