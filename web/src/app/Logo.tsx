export function Logo({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <rect width="24" height="24" rx="6" fill="#0c6f78" />
      <path
        d="M4 15l5-8 4 6 2.500-3.500L20 15"
        fill="none"
        stroke="#fff"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path d="M5 18.500h14" stroke="#9be3e0" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}
