/** The shoreline: the moon over water at night, the sun by day. It stands still. */
export function Shore() {
  return (
    <div class="shore">
      <div class="disc" />
      <svg viewBox="0 0 800 200" preserveAspectRatio="none" aria-hidden="true">
        <path class="far" d="M0 40H800V200H0z" />
        <path class="mid" d="M0 92c70-16 130-16 200 0s130 16 200 0 130-16 200 0 130 16 200 0V200H0z" />
        <path class="near" d="M0 132c90-22 150-14 230 2s160 18 250-4 200-22 320 4V200H0z" />
        <path class="sand" d="M0 170c100-22 190-20 290-4s190 14 290-8 150-12 220 0V201H0z" />
        <path class="foam" d="M0 170c100-22 190-20 290-4s190 14 290-8 150-12 220 0" />
      </svg>
      <svg class="glint" viewBox="0 0 100 60" aria-hidden="true">
        <path d="M28 6h44M40 18h22M20 30h56M36 42h24M12 54h70" />
      </svg>
    </div>
  )
}
