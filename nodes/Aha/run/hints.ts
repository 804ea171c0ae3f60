import type { IExecuteFunctions } from 'n8n-workflow';

import type { AhaClient } from '../transport/client';

/** What a run did that its items do not show. n8n tells it above the output. */
export class Hints {
	private readonly leftOut = new Map<string, number>();
	private previews = 0;

	/** A field that was added and left empty, so that it was not sent. */
	addLeftOut(label: string): void {
		this.leftOut.set(label, (this.leftOut.get(label) ?? 0) + 1);
	}

	/** An item of which nothing was sent. */
	addPreview(): void {
		this.previews++;
	}

	tell(context: IExecuteFunctions, client: AhaClient): void {
		for (const message of [this.preview(), this.emptyValues(), waited(client)]) {
			if (message) context.addExecutionHints({ message, location: 'outputPane' });
		}
	}

	private preview(): string | undefined {
		if (this.previews === 0) return undefined;
		const requests = this.previews === 1 ? '1 request was' : `${this.previews} requests were`;
		return `Preview Only: ${requests} not sent to Aha!`;
	}

	private emptyValues(): string | undefined {
		const labels = [...this.leftOut.keys()];
		if (labels.length === 0) return undefined;
		const count = [...this.leftOut.values()].reduce((sum, one) => sum + one, 0);
		const were = count === 1 ? 'empty value was' : 'empty values were';
		return `${count} ${were} left out: ${labels.join(', ')}`;
	}
}

/** The shortest wait, in milliseconds, that is worth a hint. */
const LONG = 5_000;

const UNITS: Readonly<Record<number, string>> = { 1_000: 'second', 60_000: 'minute' };

/** How long a run waited for the limits, and which these are. */
function waited({ waitedFor, limits }: AhaClient): string | undefined {
	if (waitedFor < LONG) return undefined;
	const [first, ...others] = limits.map(
		({ requests, window }) => [requests, UNITS[window] ?? `${window / 1_000} s`] as const,
	);
	const rest = others.map(([requests, unit]) => ` and ${requests} a ${unit}`).join('');
	const seconds = Math.round(waitedFor / 1_000);
	return `Waited ${seconds} s for Aha!'s limits of ${first[0]} requests a ${first[1]}${rest}`;
}
