/** An error response with a body like Aha!'s. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly body: Record<string, unknown>,
	) {
		super(JSON.stringify(body));
	}
}

/** Also for a record that the user may not see. */
export const notFound = (): ApiError => new ApiError(404, { error: 'Record not found.' });

export const badRequest = (message: string): ApiError =>
	new ApiError(400, { error: message, status: 400 });

/** @param sentences for example `Name can't be blank` */
export const invalid = (...sentences: string[]): ApiError =>
	new ApiError(422, { errors: { message: `Validation failed: ${sentences.join(', ')}` } });
