/**
 * How many random histories to play; a twentieth where Stryker plays them for each mutant.
 *
 * @param count how many in a normal run
 */
export const runs = (count: number): number => ('__stryker__' in globalThis ? count / 20 : count);
