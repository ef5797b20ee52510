/** The mark: a counter window under its beam. */
export function Logo({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="currentColor" aria-hidden="true">
      <path d="M0 0h20v5H0zM0 6h9v14H0zM11 6h9v14h-9z" />
    </svg>
  );
}
