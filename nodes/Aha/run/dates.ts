import { tryToParseDateTime } from 'n8n-workflow';

import { textOf } from './plain';

type DateTime = ReturnType<typeof tryToParseDateTime>;

/** ISO 8601: a day, perhaps with a time, perhaps with a zone. `01/02/2026` is one of two days. */
const ISO =
	/^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}(?::?\d{2}(?::?\d{2}(?:[.,]\d+)?)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/**
 * The day that a person means, such as `2026-01-31`. A day without a zone is taken as written, as it
 * must not move; a moment is on its day in the workflow's zone.
 *
 * @param value text, `Date` or Luxon's `DateTime` (what `$now` gives)
 * @returns undefined when it is no date in ISO 8601
 */
export function dayOf(value: unknown, timezone: string): string | undefined {
	const { day, zone, moment } = parsed(value, timezone) ?? {};
	return zone === undefined ? day : (moment?.setZone(timezone).toISODate() ?? undefined);
}

/**
 * The moment that a person means, in ISO 8601 and UTC. Without a zone it is in the workflow's.
 *
 * @returns undefined when it is no date and time in ISO 8601
 */
export const momentOf = (value: unknown, timezone: string): string | undefined =>
	parsed(value, timezone)?.moment.toUTC().toISO() ?? undefined;

interface ParsedDate {
	/** As it was written. */
	readonly day: string;
	readonly zone: string | undefined;
	readonly moment: DateTime;
}

/** @returns undefined for a day or time that does not exist */
function parsed(value: unknown, timezone: string): ParsedDate | undefined {
	const [text, day, zone] = ISO.exec(textOf(value)) ?? [];
	if (text === undefined) return undefined;
	try {
		// n8n takes February 30 for March 2.
		if (tryToParseDateTime(day, timezone).toISODate() !== day) return undefined;
		// With a `T`, n8n reads it as ISO 8601 and nothing else.
		const iso = text.replace(/^(.{10}) /, '$1T').replace(/\s/g, '');
		return { day, zone, moment: tryToParseDateTime(iso, timezone) };
	} catch {
		return undefined;
	}
}
