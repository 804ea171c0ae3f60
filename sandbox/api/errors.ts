/** An answer that is no success, with Aha!'s kind of body. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly body: Record<string, unknown>,
	) {
		super(JSON.stringify(body));
	}
}

export const notFound = (): ApiError =>
	new ApiError(404, { error: 'Record not found', status: 404 });

export const badRequest = (message: string): ApiError =>
	new ApiError(400, { error: message, status: 400 });

/** @param sentences what is wrong, as a person reads it: `Name can't be blank` */
export const invalid = (...sentences: string[]): ApiError =>
	new ApiError(422, { errors: { message: `Validation failed: ${sentences.join(', ')}` } });
