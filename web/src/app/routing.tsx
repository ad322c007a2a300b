import {
  type AnchorHTMLAttributes,
  createContext,
  type MouseEvent,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react';
import { type Destination, hrefOf, type Path, type Place, type Search } from './location';
import { navigation } from './navigation';

export interface Route {
  place: Place;
  params: Record<string, string>;
}

export const RouteContext = createContext<Route | null>(null);

function useRoute(): Route {
  const route = useContext(RouteContext);
  if (route === null) {
    throw new Error('A page needs a Router above it.');
  }
  return route;
}

export function usePlace(): Place {
  return useRoute().place;
}

export function useSearch(): Search {
  return useRoute().place.search;
}

export function useParams(): { id?: string; name?: string } {
  return useRoute().params;
}

export function useNavigate(): (destination: Destination) => Promise<void> {
  return navigation.go;
}

interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  to: Path;
  params?: Record<string, string>;
  search?: Search;
}

/** An anchor that stays one: with a modifier, or the middle button, the browser opens it its own way. */
export function Link({ to, params, search, onClick, ...anchor }: LinkProps) {
  const { place } = useRoute();
  const destination: Destination = {
    to,
    ...(params === undefined ? {} : { params }),
    ...(search === undefined ? {} : { search }),
  };
  const href = hrefOf(destination);
  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event);
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (plain && !event.altKey && !event.defaultPrevented) {
      event.preventDefault();
      void navigation.go(destination);
    }
  }
  return (
    <a
      {...anchor}
      href={href}
      aria-current={anchor['aria-current'] ?? (place.pathname === href ? 'page' : undefined)}
      onClick={follow}
    />
  );
}

export interface Blocker {
  blocked: boolean;
  stay: () => void;
  leave: () => void;
}

/** Holds up who would leave the page while `blocks` says so. */
export function useBlocker(blocks: () => boolean): Blocker {
  const [go, setGo] = useState<(() => void) | null>(null);
  const current = useRef(blocks);
  useEffect(() => {
    current.current = blocks;
  });
  useEffect(() => {
    const here = navigation.current().pathname;
    const release = navigation.hold((next, proceed) => {
      if (next.pathname === here || !current.current()) {
        return true;
      }
      setGo(() => proceed);
      return false;
    });
    const onUnload = (event: BeforeUnloadEvent) => {
      if (current.current()) {
        event.preventDefault();
      }
    };
    addEventListener('beforeunload', onUnload);
    return () => {
      release();
      removeEventListener('beforeunload', onUnload);
    };
  }, []);
  return {
    blocked: go !== null,
    stay: () => setGo(null),
    leave: () => {
      setGo(null);
      go?.();
    },
  };
}
