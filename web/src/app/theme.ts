import {
  Button,
  createTheme,
  type MantineColorsTuple,
  PasswordInput,
  TextInput,
} from '@mantine/core';

/** The blue-green of a mountain lake. */
const tarn: MantineColorsTuple = [
  '#e8f8f8',
  '#d3efef',
  '#a6dfdf',
  '#75cecf',
  '#4fbfc2',
  '#2fa9ae',
  '#178a92',
  '#0c6f78',
  '#0a5b63',
  '#06454c',
];

/** Mantine's greys with the hue of the rest. */
const dark: MantineColorsTuple = [
  '#e3eaee',
  '#c0cbd2',
  '#a0aeb7',
  '#73838d',
  '#36454e',
  '#2b3840',
  '#192228',
  '#11181d',
  '#0c1216',
  '#080c0f',
];

export const theme = createTheme({
  colors: { tarn, dark },
  primaryColor: 'tarn',
  primaryShade: { light: 7, dark: 7 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily:
    "Inter, 'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif",
  fontFamilyMonospace:
    "'JetBrains Mono', ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'sm' } }),
    PasswordInput: PasswordInput.extend({ defaultProps: { size: 'sm' } }),
  },
});
