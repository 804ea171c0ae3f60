/** An answer that is no success, with Aha!'s kind of body. */
export class Failure extends Error {
	constructor(
		readonly status: number,
		readonly body: Record<string, unknown>,
	) {
		super(JSON.stringify(body));
	}
}

export const notFound = (): Failure => new Failure(404, { error: 'Record not found', status: 404 });

export const badRequest = (message: string): Failure =>
	new Failure(400, { error: message, status: 400 });

/** @param sentences what is wrong, as a person reads it: `Name can't be blank` */
export const invalid = (...sentences: string[]): Failure =>
	new Failure(422, { errors: { message: `Validation failed: ${sentences.join(', ')}` } });
