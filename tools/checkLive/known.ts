/** Statuses other than the recorded one that were measured on real accounts, with the reason. */
export const KNOWN_STATUSES: Readonly<Record<string, Readonly<Record<number, string>>>> = {
	'GET /me/assigned': { 401: 'Some accounts refuse it to keys' },
};
