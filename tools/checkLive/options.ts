import { parseArgs } from 'node:util';

export const USAGE = `npm run --silent check:live > report.md            reads only
npm run --silent check:live -- --write <workspace>  makes one record of each kind in that
                                                    workspace, and deletes them again
  --rate <n>      requests a second, 5 unless given
  --requests <n>  requests in all, 200 unless given

Asks for account domain and API key, or takes them from AHA_ACCOUNT_DOMAIN and AHA_API_KEY.
Goes through the proxy in HTTPS_PROXY, if there is one.`;

export interface Options {
	/** Prefix or ID of the workspace to write in. */
	readonly writeTo?: string;
	/** Requests a second. */
	readonly rate: number;
	/** Requests in all. */
	readonly requests: number;
}

const RATE = '5';
const REQUESTS = '200';

/** @throws Error with the usage, for arguments that make no sense */
export function readOptions(args: readonly string[]): Options {
	try {
		const { values } = parseArgs({
			args: [...args],
			options: {
				write: { type: 'string' },
				rate: { type: 'string', default: RATE },
				requests: { type: 'string', default: REQUESTS },
			},
		});
		if (values.write?.trim() === '') throw new Error('--write needs a workspace');
		return {
			...(values.write !== undefined && { writeTo: values.write.trim() }),
			rate: positive('--rate', values.rate),
			requests: positive('--requests', values.requests),
		};
	} catch (error) {
		throw new Error(`${(error as Error).message}\n\n${USAGE}`);
	}
}

function positive(name: string, text: string): number {
	const value = Number(text);
	if (!Number.isFinite(value) || value <= 0) throw new Error(`${name} ${text} is not a number`);
	return value;
}
