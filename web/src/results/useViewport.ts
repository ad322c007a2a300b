import { type RefObject, useLayoutEffect, useState } from 'react';

export interface Viewport {
  top: number;
  left: number;
  width: number;
  height: number;
}

/** The scroll position and size of an element. */
export function useViewport(element: RefObject<HTMLElement | null>): Viewport {
  const [viewport, setViewport] = useState<Viewport>({ top: 0, left: 0, width: 0, height: 0 });
  useLayoutEffect(() => {
    const scroller = element.current;
    if (scroller === null) {
      return;
    }
    const read = () =>
      setViewport({
        top: scroller.scrollTop,
        left: scroller.scrollLeft,
        width: scroller.clientWidth,
        height: scroller.clientHeight,
      });
    read();
    const observer = new ResizeObserver(read);
    observer.observe(scroller);
    scroller.addEventListener('scroll', read, { passive: true });
    return () => {
      observer.disconnect();
      scroller.removeEventListener('scroll', read);
    };
  }, [element]);
  return viewport;
}
