import type { IExecuteFunctions } from 'n8n-workflow';

import { now } from '../transport/wait';

/** Says how far a run is. */
export type Progress = (message: () => string) => void;

/** Milliseconds between two messages. */
const INTERVAL = 2_000;

/** Sends messages of a manual run to the editor; n8n shows them in the browser's console. */
export function progressOf(context: IExecuteFunctions): Progress {
	let last = now();
	return (message) => {
		if (now() - last < INTERVAL) return;
		last = now();
		context.sendMessageToUI(message());
	};
}
