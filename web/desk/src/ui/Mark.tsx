/** The mark of the product: a loop that closes in a spark. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#0f7c7a" />
      <path
        d="M23.5 11.2A9 9 0 1 0 25 16"
        stroke="#fff"
        strokeWidth="3"
        strokeLinecap="round"
      />
      <circle cx="24.2" cy="10.6" r="2.6" fill="#cbb5ff" />
    </svg>
  );
}
