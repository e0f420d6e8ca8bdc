// The stretch of time that views show in close-up.

/** Steps up to the one that is shown. */
export const RECENT = 64;
