export function Logo() {
  return (
    <span class="logo">
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <rect class="logo__ground" width="32" height="32" rx="8" />
        <path
          class="logo__mark"
          d="M8 10.500A2.500 2.500 0 0 1 10.500 8h11A2.500 2.500 0 0 1 24 10.500v7a2.500 2.500 0 0 1-2.500 2.500H15l-4.600 4.100c-.5.4-1.200.1-1.200-.6V20A2 2 0 0 1 8 18z"
        />
        <path class="logo__line" d="M12.500 14h7" />
      </svg>
      <b>Peyk</b>
    </span>
  );
}
