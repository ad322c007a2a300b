import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { MoonIcon, SunIcon } from './icons';

/** Follows the system until it is pressed; pressing back to the system's scheme follows it again. */
export function ColorSchemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const next = scheme === 'dark' ? 'light' : 'dark';
  function toggle() {
    const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    setColorScheme(next === system ? 'auto' : next);
  }
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={next === 'dark' ? 'Dark mode' : 'Light mode'}
      title={next === 'dark' ? 'Dark mode' : 'Light mode'}
      onClick={toggle}
    >
      {next === 'dark' ? <MoonIcon /> : <SunIcon />}
    </ActionIcon>
  );
}
