/** What a known user wants to be called; both as keys, see `usernameKey`. */
export interface Rename {
  from: string;
  to: string;
}

/**
 * Which usernames the renames of one batch give up. One may take a username whose holder gives it up in the same
 * batch, so that people swap or shift in any order. A rename that cannot be, because the username stays with
 * somebody or another wants it first, keeps those from it who wait for the username that it does not give up.
 * @param isHeld whether a user has the username now
 */
export function usernamesGivenUp(
  renames: readonly Rename[],
  isHeld: (key: string) => boolean,
): ReadonlySet<string> {
  let hopeful = renames;
  for (;;) {
    const givenUp = new Set(hopeful.map(({ from }) => from));
    const taken = new Set<string>();
    const possible = hopeful.filter(({ to }) => {
      const isFree = !taken.has(to) && (givenUp.has(to) || !isHeld(to));
      taken.add(to);
      return isFree;
    });
    if (possible.length === hopeful.length) return givenUp;
    hopeful = possible;
  }
}
