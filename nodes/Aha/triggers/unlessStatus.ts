/**
 * The result of a request, or `undefined` if Aha! refuses it with one of these statuses.
 *
 * @throws any other error of the request
 */
export const unlessStatus = async <T>(
	statuses: readonly string[],
	request: Promise<T>,
): Promise<T | undefined> =>
	await request.catch((error: { httpCode?: unknown }) => {
		if (statuses.includes(String(error.httpCode))) return undefined;
		throw error;
	});
