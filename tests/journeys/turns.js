// Limits how many scenarios run at a time.

/** @param {number} most */
export function createTurns(most) {
  let running = 0;
  /** Those that wait, in their order. @type {(() => void)[]} */
  const waiting = [];
  return {
    /** Resolves when it is the caller's turn. @returns {Promise<void>} */
    begin: () =>
      new Promise((resolve) => {
        if (running === most) return void waiting.push(resolve);
        running += 1;
        resolve();
      }),

    /** Gives the turn to the one that has waited longest. */
    end() {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    },
  };
}
