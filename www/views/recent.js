// The stretch of time that views show enlarged.

/** Steps up to the one that is shown. */
export const RECENT = 64;
