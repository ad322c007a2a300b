import type { ReactNode } from 'react';

interface Props {
  size?: number;
}

function Icon({ size = 16, children }: Props & { children: ReactNode }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

export const ChevronIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M6 4l4 4-4 4" />
  </Icon>
);

export const NamespaceIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M8 2.2c3 0 5 .8 5 1.9s-2 1.9-5 1.9-5-.8-5-1.9 2-1.9 5-1.9z" />
    <path d="M3 4.1v7.8c0 1.1 2 1.9 5 1.9s5-.8 5-1.9V4.1M3 8c0 1.1 2 1.9 5 1.9S13 9.1 13 8" />
  </Icon>
);

export const TableIcon = (props: Props) => (
  <Icon {...props}>
    <rect x="2.25" y="2.75" width="11.5" height="10.5" rx="1.5" />
    <path d="M2.5 6.25h11M6.5 6.25v6.75" />
  </Icon>
);

export const ViewIcon = (props: Props) => (
  <Icon {...props}>
    <rect x="2.25" y="2.75" width="11.5" height="10.5" rx="1.5" strokeDasharray="2.2 1.6" />
    <path d="M4.5 8c1-1.4 2.2-2.1 3.5-2.1S10.5 6.6 11.5 8C10.5 9.4 9.3 10.1 8 10.1S5.5 9.4 4.5 8z" />
    <circle cx="8" cy="8" r="0.9" />
  </Icon>
);

export const PlayIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M5 3.2v9.6L12.5 8z" fill="currentColor" />
  </Icon>
);

export const StopIcon = (props: Props) => (
  <Icon {...props}>
    <rect x="4" y="4" width="8" height="8" rx="1" fill="currentColor" />
  </Icon>
);

export const RefreshIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M13 8a5 5 0 1 1-1.6-3.7M13 2.5v2.7h-2.7" />
  </Icon>
);

export const SunIcon = (props: Props) => (
  <Icon {...props}>
    <circle cx="8" cy="8" r="2.75" />
    <path d="M8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M12.6 3.4l-.7.7M4.1 11.9l-.7.7" />
  </Icon>
);

export const MoonIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M13.5 9.5A5.75 5.75 0 0 1 6.5 2.5a5.75 5.75 0 1 0 7 7z" />
  </Icon>
);

export const SidebarIcon = (props: Props) => (
  <Icon {...props}>
    <rect x="2" y="3" width="12" height="10" rx="1.5" />
    <path d="M6 3v10" />
  </Icon>
);

export const SignOutIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M6 2.75H3.5v10.5H6M10 5l3 3-3 3M13 8H6.5" />
  </Icon>
);

export const WarningIcon = (props: Props) => (
  <Icon {...props}>
    <circle cx="8" cy="8" r="6" />
    <path d="M8 5v3.5M8 10.9v.1" />
  </Icon>
);

export const EditorIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M2.5 4.5L6 8l-3.500 3.500M8 12h5.500" />
  </Icon>
);

export const LoadIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M8 10.500v-8M4.750 5.500L8 2.250l3.250 3.250M2.500 10v3.500h11V10" />
  </Icon>
);

export const ActivityIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M1.750 8h3l2-5 2.500 10 2-5h3" />
  </Icon>
);

export const HealthIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M8 13.250S2.250 9.900 2.250 6.100A3 3 0 0 1 8 4.900a3 3 0 0 1 5.750 1.200C13.750 9.900 8 13.250 8 13.250z" />
  </Icon>
);

export const KeyIcon = (props: Props) => (
  <Icon {...props}>
    <circle cx="5" cy="11" r="2.750" />
    <path d="M7 9l6-6M10.500 5.500l2 2" />
  </Icon>
);

export const ManageIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M8 1.750l5 2v3.750c0 3-2 5.500-5 6.750-3-1.250-5-3.750-5-6.750V3.750zM5.750 8l1.750 1.750 3-3.250" />
  </Icon>
);

export const AccountIcon = (props: Props) => (
  <Icon {...props}>
    <circle cx="8" cy="5.250" r="2.750" />
    <path d="M2.750 13.500c.500-2.700 2.500-4 5.250-4s4.750 1.300 5.250 4" />
  </Icon>
);

export const PageIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M6.500 3H3v10h10V9.500M9.500 3H13v3.500M13 3L7.500 8.500" />
  </Icon>
);
