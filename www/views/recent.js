// The length of the time window that some views enlarge or mark.

/** Steps, up to the one that is shown. */
export const RECENT = 64;
