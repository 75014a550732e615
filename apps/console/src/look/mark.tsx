/** Headway's mark: three duties, one after the other. */
export const Mark = ({ size = 28 }: { size?: number }) => (
  <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
    <rect width="32" height="32" rx="8" fill="var(--hw-accent)" />
    <g fill="var(--hw-on-accent)">
      <rect x="6" y="8" width="12" height="4" rx="2" />
      <rect x="10" y="14" width="16" height="4" rx="2" />
      <rect x="6" y="20" width="9" height="4" rx="2" />
    </g>
  </svg>
);
